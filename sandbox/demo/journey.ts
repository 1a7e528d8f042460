import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from './api';

export interface Account {
  email: string;
  password: string;
}

export interface Run {
  settled: boolean;
  discovered: number | null;
  mails: Record<JobState, number>;
}
export type JobState =
  'awaiting_credits' | 'queued' | 'running' | 'done' | 'skipped' | 'failed' | 'cancelled';

interface CreditPackage {
  id: string;
  credits: number;
}

export interface Balance {
  available: number;
  held: number;
  captured: number;
  granted: number;
}

/** Registers, signs in, and answers the address of Google's consent page. */
export async function register(api: Api, { email, password }: Account): Promise<string> {
  const { gmailConsentUrl } = await api.post<{ gmailConsentUrl: string }>('/api/auth/register', {
    email,
    password,
    name: 'Ada Sample',
  });
  await signIn(api, { email, password });
  return gmailConsentUrl;
}

export async function signIn(api: Api, { email, password }: Account): Promise<void> {
  const { tokens } = await api.post<{ tokens: { accessToken: string } }>('/api/auth/login', {
    email,
    password,
  });
  api.signIn(tokens.accessToken);
}

/**
 * Does what a person does on Google's consent page, and follows its redirect back to the API.
 * @param apiUrl where the API really listens, when its public address is another.
 */
export async function consent(consentUrl: string, mailbox: string, apiUrl?: string): Promise<void> {
  const page = new URL(consentUrl);
  const form = new URLSearchParams(page.search);
  form.set('decision', 'allow');
  form.set('account', mailbox);
  const decided = await fetch(new URL('/__consent', page), {
    method: 'POST',
    body: form,
    redirect: 'manual',
  });
  const callback = new URL(
    decided.headers.get('location') ?? fail(`The consent page answered ${decided.status}`),
  );
  const answer = await fetch(apiUrl ? new URL(callback.pathname + callback.search, apiUrl) : callback);
  if (!answer.ok) throw new Error(`The consent ended with ${answer.status}: ${await answer.text()}`);
}

/** Buys packages on the checkout page until the balance covers `credits`; answers how many purchases that took. */
export async function buyCredits(api: Api, credits: number): Promise<number> {
  const { data: packages } = await api.get<{ data: CreditPackage[] }>('/api/billing/packages');
  const bySize = [...packages].sort((a, b) => a.credits - b.credits);
  let purchases = 0;
  for (let { available } = await balanceOf(api); available < credits; { available } = await balanceOf(api)) {
    const fitting = bySize.find((offer) => offer.credits >= credits - available) ?? bySize.at(-1);
    if (!fitting) throw new Error('There is nothing to buy');
    await buy(api, fitting);
    purchases += 1;
    await until(async () => (await balanceOf(api)).available > available, 'the payment to be credited');
  }
  return purchases;
}

export function balanceOf(api: Api): Promise<Balance> {
  return api.get<Balance>('/api/billing/balance');
}

/** Starts a sync of every connected mailbox and answers the first run. */
export async function sync(api: Api): Promise<string> {
  const { runs } = await api.post<{ runs: { runId: string }[] }>('/api/gmail/sync', {});
  const [run] = runs;
  if (!run) throw new Error('No run was started');
  return run.runId;
}

/** Asks for the run until it is settled, telling each answer. */
export async function follow(
  api: Api,
  runId: string,
  tell: (run: Run) => Promise<void> | void,
): Promise<Run> {
  for (;;) {
    const run = await api.get<Run>(`/api/jobs/runs/${runId}`);
    await tell(run);
    if (run.settled) return run;
    await sleep(200);
  }
}

export async function until(holds: () => Promise<boolean>, what: string, timeoutMs = 60_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs / 1000} s in vain for ${what}`);
    await sleep(100);
  }
}

async function buy(api: Api, offer: CreditPackage): Promise<void> {
  const { checkoutUrl } = await api.post<{ checkoutUrl: string }>(
    '/api/billing/purchase',
    { packageId: offer.id },
    { 'idempotency-key': randomUUID() },
  );
  const paid = await fetch(checkoutUrl, {
    method: 'POST',
    body: new URLSearchParams({ outcome: 'card', email: 'ada@example.com' }),
    redirect: 'manual',
  });
  if (paid.status >= 400) throw new Error(`The checkout page answered ${paid.status}: ${await paid.text()}`);
}

function fail(why: string): never {
  throw new Error(why);
}
