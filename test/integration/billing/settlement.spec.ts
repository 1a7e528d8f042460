import { randomUUID } from 'node:crypto';
import { CaptureCredits, HoldCredits } from '../../../src/billing/contracts';
import type { PaymentFacts, Reclaim } from '../../../src/billing/domain/settlement';
import { PurchaseCredits } from '../../../src/billing/purchase-credits/purchase-credits.handler';
import { SettlePayment } from '../../../src/billing/settle-payment/settle-payment.handler';
import { StripeClient } from '../../../src/billing/stripe/stripe.client';
import { type BillingApp, eventually, startBillingApp } from '../../support/billing-app';
import { recordOutcomes } from '../../support/ledger-fixtures';
import { permutations } from '../../support/permutations';

const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));

describe('settling a payment', () => {
  let billing: BillingApp;
  beforeAll(async () => {
    billing = await startBillingApp();
  });
  afterEach(async () => {
    await billing.control('refunds', { begin: 'succeeded' });
    expect(await billing.violations()).toEqual([]);
  });
  afterAll(() => billing.close());

  const buy = async (userId: string) => {
    const { paymentId } = await billing.commands.execute(
      new PurchaseCredits(userId, randomUUID(), { packageId: 'starter' }),
    );
    return paymentId;
  };
  const row = async (paymentId: string) =>
    (
      await billing.sql<{
        status: string;
        session: string;
        intent: string;
        refunded: number;
        disputed: number;
      }>(
        `select status, checkout_session_id as session, payment_intent_id as intent, refunded_minor::int as refunded,
           disputed_minor::int as disputed from stripe_payments where id = $1`,
        [paymentId],
      )
    )[0]!;
  const paid = async (userId: string) => {
    const paymentId = await buy(userId);
    await billing.control(`sessions/${(await row(paymentId)).session}/pay`, { outcome: 'card' });
    await eventually(async () => (await row(paymentId)).status === 'paid', 'the payment');
    return paymentId;
  };
  const chargeOf = async (paymentId: string) => {
    const { intent } = await row(paymentId);
    return billing.world.charges.all().find((charge) => charge.payment_intent === intent)!.id;
  };
  const refund = async (paymentId: string, amount: number) => {
    const answer = await fetch(`${billing.stripe.url}/v1/refunds`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk_test_sandbox' },
      body: new URLSearchParams({ payment_intent: (await row(paymentId)).intent, amount: String(amount) }),
    });
    return ((await answer.json()) as { id: string }).id;
  };
  const posted = async (userId: string, credits: number) =>
    eventually(async () => (await billing.balance(userId)).posted === credits, `a balance of ${credits}`);
  const use = async (userId: string, emailIds: string[]) => {
    await billing.commands.execute(new HoldCredits(userId, emailIds));
    await billing.commands.execute(new CaptureCredits(userId, emailIds));
    await billing.sql('select 1');
    await recordOutcomes(
      { query: (text: string, values: unknown[]) => billing.sql(text, values) } as never,
      emailIds,
    );
  };

  it('takes the share of credits back that was refunded, and gives it back when the refund fails', async () => {
    const { userId } = await billing.user();
    const paymentId = await paid(userId);
    await billing.control('refunds', { begin: 'pending' });
    const refundId = await refund(paymentId, 125);
    await posted(userId, 75);
    expect(await row(paymentId)).toMatchObject({ status: 'paid', refunded: 125 });
    await billing.control(`refunds/${refundId}/fail`);
    await posted(userId, 100);
    expect(await row(paymentId)).toMatchObject({ refunded: 0 });
  });

  it('lets used credits become a debt, which the next purchase pays', async () => {
    const { userId, emailIds } = await billing.user(40);
    const paymentId = await paid(userId);
    await use(userId, emailIds);
    await refund(paymentId, 500);
    await posted(userId, -40);
    expect(await billing.balance(userId)).toEqual({ posted: -40, held: 0, debt: 40 });
    await paid(userId);
    await posted(userId, 60);
  });

  it('takes all credits back while a payment is disputed, and returns them when the dispute is won', async () => {
    const { userId } = await billing.user();
    const paymentId = await paid(userId);
    const dispute = (await billing.control(`charges/${await chargeOf(paymentId)}/dispute`)) as { id: string };
    await posted(userId, 0);
    expect(await row(paymentId)).toMatchObject({ disputed: 500 });
    await billing.control(`disputes/${dispute.id}/close`, { won: true });
    await posted(userId, 100);
    const lines = await billing.sql<{ kind: string; credits: number }>(
      `select kind, credits::int from billing_history where user_id = $1 order by id`,
      [userId],
    );
    expect(lines).toEqual([
      { kind: 'purchase', credits: 100 },
      { kind: 'dispute', credits: -100 },
      { kind: 'dispute', credits: 100 },
    ]);
  });

  it('keeps the credits of a dispute that was lost', async () => {
    const { userId } = await billing.user();
    const paymentId = await paid(userId);
    const dispute = (await billing.control(`charges/${await chargeOf(paymentId)}/dispute`)) as { id: string };
    await billing.control(`disputes/${dispute.id}/close`, { won: false });
    await posted(userId, 0);
    expect(await row(paymentId)).toMatchObject({ disputed: 500, status: 'paid' });
  });

  // Mutants: a status that falls back with old facts; a dispute that old facts open again; totals of the last writer.
  it(`ends alike for each order of {completed, async succeeded, refund, partial refund, dispute, dispute won}, each seen as Stripe stood when it was sent (FUZZ_SEED=${seed})`, async () => {
    const stripe = billing.app.get(StripeClient);
    const reclaim = (
      ref: string,
      kind: Reclaim['kind'],
      amountMinor: number,
      state: Reclaim['state'] = 'live',
    ) => ({
      ...{ ref, kind, amountMinor, state },
    });
    const seen = (id: string, status: 'processing' | 'succeeded', ...reclaims: Reclaim[]): PaymentFacts => ({
      session: { id: `cs_${id}`, status: 'complete' },
      intent: { id: `pi_${id}`, status, receivedMinor: 500, currency: 'eur', failureCode: null, saved: null },
      reclaims: reclaims.map((one) => ({ ...one, ref: one.ref + id })),
    });
    const [full, part] = [reclaim('re_a', 'refund', 350), reclaim('re_b', 'refund', 75)];
    const disputed = reclaim('dp_', 'dispute', 500);
    const moments = (id: string) => [
      seen(id, 'processing'),
      seen(id, 'succeeded'),
      seen(id, 'succeeded', full),
      seen(id, 'succeeded', full, part),
      seen(id, 'succeeded', full, part, disputed),
      seen(id, 'succeeded', full, part, { ...disputed, state: 'void' }),
    ];
    const orders = shuffle([...permutations([0, 1, 2, 3, 4, 5])], seed).slice(0, 60);
    const { userId } = await billing.user();
    const facts = new Map<string, PaymentFacts>();
    const spy = jest
      .spyOn(stripe, 'factsOf')
      .mockImplementation((session) => Promise.resolve(facts.get(session ?? '')!));
    for (const order of orders) {
      const id = randomUUID();
      await billing.sql(
        `insert into stripe_payments (id, user_id, package_id, credits, amount_minor, currency, status, checkout_session_id,
           look_at) values ($1, $2, 'starter', 100, 500, 'eur', 'open', $3, now() + interval '1 day')`,
        [id, userId, `cs_${id}`],
      );
      for (const moment of order) {
        facts.set(`cs_${id}`, moments(id)[moment]!);
        await billing.commands.execute(new SettlePayment(id));
      }
      expect(await row(id)).toMatchObject({ status: 'paid', refunded: 425, disputed: 0 });
    }
    spy.mockRestore();
    expect(await billing.balance(userId)).toEqual({ posted: 15 * orders.length, held: 0, debt: 0 });
  }, 120_000);
});

function shuffle<T>(items: T[], from: number): T[] {
  let state = from;
  const weighed = items.map((item) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return { item, weight: state };
  });
  return weighed.sort((a, b) => a.weight - b.weight).map(({ item }) => item);
}
