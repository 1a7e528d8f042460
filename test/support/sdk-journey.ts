import { consent, until } from '../../sandbox/demo/journey';
import type { Inbrief, Run } from '../../sdk/src';

/** Registers, consents on Google's page, and is signed in. Answers the user's id. */
export async function joinAs(
  inbrief: Inbrief,
  account: { email: string; password: string },
  apiUrl: string,
): Promise<string> {
  const { gmailConsentUrl, user } = await inbrief.auth.register({ ...account, name: 'Ada Sample' });
  await consent(gmailConsentUrl, account.email, apiUrl);
  return user.id;
}

/** Waits until the credits that everybody begins with can be spent. */
export function welcomed(inbrief: Inbrief): Promise<void> {
  return until(async () => (await inbrief.billing.balance()).granted > 0, 'the welcome credits');
}

/** Buys the smallest package that fits, on Stripe's page, and waits until its credits can be spent. */
export async function buyCredits(inbrief: Inbrief, credits: number): Promise<void> {
  const { data: packages } = await inbrief.packages.list();
  const bySize = [...packages].sort((a, b) => a.credits - b.credits);
  const fitting = bySize.find((offer) => offer.credits >= credits) ?? bySize.at(-1);
  if (!fitting) throw new Error('There is nothing to buy');
  const { checkoutUrl, paymentId } = await inbrief.billing.purchase({ packageId: fitting.id });
  await payAt(checkoutUrl);
  await until(async () => (await inbrief.payments.get(paymentId)).status === 'paid', 'the payment');
}

/** Does what a person with a good card does on Stripe's page. Answers where the page sends them. */
export async function payAt(checkoutUrl: string): Promise<string> {
  const body = new URLSearchParams({ outcome: 'card', email: 'ada@example.com' });
  const paid = await fetch(checkoutUrl, { method: 'POST', body, redirect: 'manual' });
  if (paid.status >= 400) throw new Error(`The checkout page answered ${paid.status}`);
  return paid.headers.get('location') ?? '';
}

/** Syncs every connected mailbox and answers the first run's id. */
export async function startSync(inbrief: Inbrief): Promise<string> {
  const { runs } = await inbrief.gmail.sync({});
  const [first] = runs;
  if (!first) throw new Error('No run was started');
  return first.runId;
}

/** Syncs every connected mailbox and answers the first run once it is settled. */
export async function syncAndWait(inbrief: Inbrief): Promise<Run> {
  return inbrief.runs.wait(await startSync(inbrief), { pollMs: 100 });
}

/** Waits until no credit is held any more: each was captured or has come back. */
export function settledBooks(inbrief: Inbrief): Promise<void> {
  return until(async () => (await inbrief.billing.balance()).held === 0, 'captures and releases');
}
