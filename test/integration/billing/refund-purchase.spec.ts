import { randomUUID } from 'node:crypto';
import { CaptureCredits, HoldCredits, RefundPurchase } from '../../../src/billing/contracts';
import { PurchaseCredits } from '../../../src/billing/purchase-credits/purchase-credits.handler';
import { type BillingApp, eventually, startBillingApp } from '../../support/billing-app';
import { recordOutcomes } from '../../support/ledger-fixtures';

describe('money back, by an administrator', () => {
  let billing: BillingApp;
  beforeAll(async () => {
    billing = await startBillingApp();
  });
  afterEach(async () => expect(await billing.violations()).toEqual([]));
  afterAll(() => billing.close());

  const buy = async (userId: string) => {
    const order = { packageId: 'starter' };
    return (await billing.commands.execute(new PurchaseCredits(userId, randomUUID(), order))).paymentId;
  };
  const row = async (paymentId: string) =>
    (
      await billing.sql<{ status: string; session: string; intent: string; refunded: number }>(
        `select status, checkout_session_id as session, payment_intent_id as intent, refunded_minor::int as refunded
         from stripe_payments where id = $1`,
        [paymentId],
      )
    )[0]!;
  const paid = async (userId: string) => {
    const paymentId = await buy(userId);
    await billing.control(`sessions/${(await row(paymentId)).session}/pay`, { outcome: 'card' });
    await eventually(async () => (await row(paymentId)).status === 'paid', 'the payment');
    return paymentId;
  };
  const admin = randomUUID();
  const back = (paymentId: string) =>
    billing.commands.execute(new RefundPurchase(paymentId, admin, 'asked nicely'));
  const refundsOf = async (paymentId: string) => {
    const { intent } = await row(paymentId);
    return billing.world.refunds.all().filter((one) => one.payment_intent === intent).length;
  };

  it('refunds an unused purchase, once, with an audit row', async () => {
    const { userId } = await billing.user();
    const paymentId = await paid(userId);
    await Promise.all([back(paymentId), back(paymentId), back(paymentId)]);
    await eventually(async () => (await row(paymentId)).refunded === 500, 'the refund');
    await back(paymentId);
    expect(await billing.balance(userId)).toEqual({ posted: 0, held: 0, debt: 0 });
    expect(await refundsOf(paymentId)).toBe(1);
    const audit = await billing.sql(
      `select changes from audit_logs where action = 'billing.purchase-refunded' and target_id = $1`,
      [paymentId],
    );
    expect(audit).toEqual([
      { changes: { reason: 'asked nicely', adminId: admin, amountMinor: 500, currency: 'eur' } },
    ]);
  });

  // Mutant: refunding first and looking at the credits afterwards.
  it.each(['used', 'held'])('refuses when a credit is %s', async (how) => {
    const { userId, emailIds } = await billing.user(1);
    const paymentId = await paid(userId);
    await billing.commands.execute(new HoldCredits(userId, emailIds));
    if (how === 'used') await billing.commands.execute(new CaptureCredits(userId, emailIds));
    await recordOutcomes(
      { query: (text: string, values: unknown[]) => billing.sql(text, values) } as never,
      emailIds,
    );
    await expect(back(paymentId)).rejects.toMatchObject({ code: 'billing.purchase-used' });
    expect(await refundsOf(paymentId)).toBe(0);
    expect((await billing.balance(userId)).posted).toBe(how === 'used' ? 99 : 100);
  });

  it('returns the credits when Stripe refuses for good', async () => {
    const { userId } = await billing.user();
    const paymentId = await paid(userId);
    const error = { type: 'invalid_request_error', code: 'insufficient_funds', message: 'No.' };
    await billing.control('faults', {
      action: 'respond',
      status: 400,
      method: 'POST',
      path: '^/v1/refunds',
      body: { error },
    });
    await back(paymentId);
    await eventually(async () => {
      const claims = await billing.sql(
        'select from credit_claims where user_id = $1 and reversed_at is not null',
        [userId],
      );
      return claims.length === 1;
    }, 'the credits');
    expect(await billing.balance(userId)).toMatchObject({ posted: 100 });
    await back(paymentId);
    await eventually(async () => (await row(paymentId)).refunded === 500, 'the second try');
  });

  it('refunds once though the answer was lost', async () => {
    const { userId } = await billing.user();
    const paymentId = await paid(userId);
    await billing.control('faults', {
      action: 'drop-after',
      method: 'POST',
      path: '^/v1/refunds',
      times: 2,
    });
    await back(paymentId);
    await eventually(async () => (await row(paymentId)).refunded === 500, 'the refund');
    expect(await refundsOf(paymentId)).toBe(1);
  });

  it('knows no such payment, and refuses one that is not paid', async () => {
    const { userId } = await billing.user();
    await expect(back(randomUUID())).rejects.toMatchObject({ code: 'billing.payment-not-found' });
    await expect(back(await buy(userId))).rejects.toMatchObject({ code: 'billing.not-refundable' });
  });
});
