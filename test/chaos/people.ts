import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Api } from '../../sandbox/demo/api';
import { balanceOf, consent, register, signIn, until } from '../../sandbox/demo/journey';
import { orderMail } from '../support/order-mail';

const password = 'correct-horse-battery-staple';
const refusal = / answered 4(?!08|09|25|29)\d\d:/;

/** Tries until it works: an answer that was lost says nothing about what happened. A refusal is final. */
export async function insist<T>(what: string, act: () => Promise<T>, patienceMs = 60_000): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      return await withDeadline(act(), 10_000);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      if (refusal.test(text)) throw error;
      if (Date.now() > deadline)
        throw new Error(`Tried in vain for ${patienceMs / 1_000} s: ${what}`, { cause: error });
      await sleep(250);
    }
  }
}

async function withDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new Error(`No answer within ${ms} ms`)), ms).unref();
  });
  return Promise.race([work, late]);
}

/** A user with a mailbox, as the product's callers know one: everything goes through the API. */
export class Person {
  readonly email: string;
  private readonly api: Api;
  /** Ids of every mail that ever lay in the mailbox. */
  readonly mails: string[] = [];
  gone = false;
  private run: string | undefined;

  constructor(
    number: number,
    private readonly apiUrl: string,
    private readonly google: string,
  ) {
    this.email = `person-${number}@example.com`;
    this.api = new Api(apiUrl);
  }

  /** Registers, connects the mailbox, and pays for so many mails. */
  async arrive(credits: number): Promise<void> {
    await control(`${this.google}/__control/mailboxes`, { email: this.email });
    await insist('to register', () =>
      register(this.api, { email: this.email, password }).catch(async (error: unknown) => {
        // An earlier try went through, and its answer was lost.
        if (!String(error).includes(' answered 409:')) throw error;
        await signIn(this.api, { email: this.email, password });
      }),
    );
    await insist('to connect the mailbox', async () => {
      const { consentUrl } = await this.api.post<{ consentUrl: string }>('/api/gmail/connections', {});
      await consent(consentUrl, this.email, this.apiUrl);
    });
    const balance = (): Promise<{ available: number }> => insist('the balance', () => balanceOf(this.api));
    while ((await balance()).available < credits) {
      const { available } = await balance();
      await this.buy(credits - available > 500 ? 'pro' : 'plus');
      await until(async () => (await balance()).available > available, 'the payment to be credited');
    }
  }

  /** Puts so many new mails into the mailbox. */
  async receive(count: number): Promise<void> {
    const messages = Array.from({ length: count }, (_, n) => ({
      raw: numbered(this.email, this.mails.length + n).toString('base64'),
    }));
    const url = `${this.google}/__control/mailboxes/${encodeURIComponent(this.email)}/messages`;
    const { ids } = await control<{ ids: string[] }>(url, messages);
    this.mails.push(...ids);
  }

  async sync(patienceMs?: number): Promise<void> {
    const { runs } = await insist(
      'a sync',
      () => this.api.post<{ runs: { runId: string }[] }>('/api/gmail/sync', {}),
      patienceMs,
    );
    this.run = runs[0]?.runId;
  }

  /** Has none of their mails started, or goes on where they paused. */
  async steer(what: 'pause' | 'resume', patienceMs?: number): Promise<void> {
    await insist(`to ${what}`, () => this.api.post(`/api/jobs/${what}`, {}), patienceMs);
  }

  /** Stops the newest mail that waits for its turn. */
  async cancelMail(patienceMs?: number): Promise<void> {
    const { data } = await insist(
      'the list of jobs',
      () => this.api.get<{ data: { id: string }[] }>('/api/jobs?state=queued&limit=1'),
      patienceMs,
    );
    const [job] = data;
    if (job) await insist('to cancel', () => this.api.post(`/api/jobs/${job.id}/cancel`, {}), patienceMs);
  }

  /** Stops the last sync and the mails it found. */
  async cancelRun(patienceMs?: number): Promise<void> {
    const { run } = this;
    if (run)
      await insist('to cancel a run', () => this.api.post(`/api/jobs/runs/${run}/cancel`, {}), patienceMs);
  }

  /** A purchase with one key for all of its tries, and a card that pays. */
  async buy(packageId = 'starter', patienceMs?: number): Promise<void> {
    const headers = { 'idempotency-key': randomUUID() };
    const { checkoutUrl } = await insist(
      'a purchase',
      () => this.api.post<{ checkoutUrl: string }>('/api/billing/purchase', { packageId }, headers),
      patienceMs,
    );
    const pay = { method: 'POST', body: new URLSearchParams({ outcome: 'card', email: this.email }) };
    await insist('the checkout page', () => fetch(checkoutUrl, { ...pay, redirect: 'manual' }), patienceMs);
  }

  /** Deletes the account. */
  async leave(patienceMs?: number): Promise<void> {
    if (this.gone) return;
    await insist(
      'to delete the account',
      () =>
        this.deleteAccount().catch((error: unknown) => {
          // The answer of an earlier try was lost, and the session went with the account.
          if (!String(error).includes(' answered 401:')) throw error;
        }),
      patienceMs,
    );
    this.gone = true;
  }

  /** Signs in for it: a storm may last longer than a proof of who one is. */
  private async deleteAccount(): Promise<void> {
    await signIn(this.api, { email: this.email, password });
    await this.api.delete('/api/users/me');
  }

  /** Buys until nothing waits for credits. */
  async settleUp(waiting: number): Promise<void> {
    const { available } = await insist('the balance', () => balanceOf(this.api));
    if (available < waiting) await this.buy('plus');
  }
}

/** Now and then one in which there is nothing to summarise. */
function numbered(to: string, number: number): Buffer {
  return orderMail(to, number, number % 25 === 24);
}

/** Tells an emulator what to do, past every wire. */
export async function control<T>(url: string, body?: unknown, method = 'POST'): Promise<T> {
  const answer = await fetch(url, {
    method,
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as T;
}
