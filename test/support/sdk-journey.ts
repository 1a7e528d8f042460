import { consent, until } from '../../sandbox/demo/journey';
import type { Inbrief, Run } from '../../sdk/src';

/** Registers, consents on Google's page, and is signed in. */
export async function joinAs(
  inbrief: Inbrief,
  account: { email: string; password: string },
  apiUrl: string,
): Promise<void> {
  const { gmailConsentUrl } = await inbrief.auth.register({ ...account, name: 'Ada Sample' });
  await consent(gmailConsentUrl, account.email, apiUrl);
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

/** Does what a person with a good card does on Stripe's page. */
export async function payAt(checkoutUrl: string): Promise<void> {
  const body = new URLSearchParams({ outcome: 'card', email: 'ada@example.com' });
  const paid = await fetch(checkoutUrl, { method: 'POST', body, redirect: 'manual' });
  if (paid.status >= 400) throw new Error(`The checkout page answered ${paid.status}`);
}

/** Syncs every connected mailbox and answers the first run once it is settled. */
export async function syncAndWait(inbrief: Inbrief): Promise<Run> {
  const { runs } = await inbrief.gmail.sync({});
  const [first] = runs;
  if (!first) throw new Error('No run was started');
  return inbrief.runs.wait(first.runId, { pollMs: 100 });
}
