import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { CaptureCredits, CreditsLow, HoldCredits } from '../../../src/billing/contracts';
import { PurchaseCredits } from '../../../src/billing/purchase-credits/purchase-credits.handler';
import { BeginTopUp } from '../../../src/billing/top-up-credits/begin-top-up.handler';
import { type BillingApp, eventually, startBillingApp } from '../../support/billing-app';
import { recordOutcomes } from '../../support/ledger-fixtures';

describe('automatic top-ups', () => {
  let billing: BillingApp;
  beforeAll(async () => {
    billing = await startBillingApp();
  });
  afterEach(async () => {
    await billing.stripe.app.inject({ method: 'DELETE', url: '/__control/faults' });
    expect(await billing.violations()).toEqual([]);
  });
  afterAll(() => billing.close());

  interface TopUp {
    enabled: boolean;
    hasPaymentMethod: boolean;
    problem: string | null;
  }
  const settings = async (userId: string) =>
    (await request(billing.http).get('/api/billing/top-up').set('x-test-user', userId).expect(200))
      .body as TopUp;
  const configure = (userId: string, wish: object) =>
    request(billing.http).put('/api/billing/top-up').set('x-test-user', userId).send(wish);
  const topUps = (userId: string) =>
    billing.sql<{ status: string; code: string | null }>(
      `select status, failure_code as code from stripe_payments where user_id = $1 and kind = 'auto_top_up' order by id`,
      [userId],
    );
  const intents = (userId: string) =>
    billing.world.intents.all().filter(({ metadata }) => metadata.user_id === userId).length;
  const payer = async (mails: number) => {
    const user = await billing.user(mails);
    const order = { packageId: 'starter', savePaymentMethod: true };
    const { paymentId } = await billing.commands.execute(
      new PurchaseCredits(user.userId, randomUUID(), order),
    );
    const [row] = await billing.sql<{ id: string }>(
      'select checkout_session_id as id from stripe_payments where id = $1',
      [paymentId],
    );
    await billing.control(`sessions/${row!.id}/pay`, { outcome: 'card' });
    await eventually(async () => (await settings(user.userId)).hasPaymentMethod, 'the saved card');
    return user;
  };
  const behave = async (userId: string, behaviour: string) => {
    const [row] = await billing.sql<{ id: string }>(
      'select payment_method_id as id from billing_accounts where user_id = $1',
      [userId],
    );
    await billing.control(`payment_methods/${row!.id}`, { behaviour });
  };
  const use = async (userId: string, emailIds: string[]) => {
    await billing.commands.execute(new HoldCredits(userId, emailIds));
    await billing.commands.execute(new CaptureCredits(userId, emailIds));
    await recordOutcomes(
      { query: (text: string, values: unknown[]) => billing.sql(text, values) } as never,
      emailIds,
    );
  };

  it('are off until asked for, and need a package and a saved card', async () => {
    const { userId } = await billing.user();
    expect(await settings(userId)).toEqual({
      ...{
        enabled: false,
        packageId: null,
        threshold: 10,
        dailyCap: 1,
        hasPaymentMethod: false,
        problem: null,
      },
    });
    expect((await configure(userId, { enabled: true, packageId: 'starter' }).expect(409)).body.code).toBe(
      'billing.no-payment-method',
    );
    expect((await configure(userId, { enabled: true, packageId: 'gone' }).expect(422)).body.code).toBe(
      'billing.unknown-package',
    );
    await billing.commands.execute(new BeginTopUp(userId));
    expect(await topUps(userId)).toEqual([]);
  });

  it('say that credits run low, once, and buy more', async () => {
    const { userId, emailIds } = await payer(95);
    await configure(userId, { enabled: true, packageId: 'starter', threshold: 10 }).expect(200);
    await use(userId, emailIds.slice(0, 80));
    expect(await topUps(userId)).toEqual([]);
    await use(userId, emailIds.slice(80, 90));
    await use(userId, emailIds.slice(90));
    await eventually(async () => (await billing.balance(userId)).posted === 105, 'the top-up');
    expect(await topUps(userId)).toEqual([{ status: 'paid', code: null }]);
    const low = await billing.sql(`select payload from outbox_messages where type = $1 and user_id = $2`, [
      (CreditsLow as unknown as { type: string }).type,
      userId,
    ]);
    expect(low).toEqual([{ payload: { userId, available: 10 } }]);
  });

  it('act at once when they are switched on with a low balance', async () => {
    const { userId } = await payer(0);
    await configure(userId, { enabled: true, packageId: 'plus', threshold: 500 }).expect(200);
    await eventually(async () => (await billing.balance(userId)).posted === 600, 'the top-up');
  });

  // Mutant: no unique index over the ones in flight.
  it('never have two in flight, and buy no more a day than the cap', async () => {
    const { userId } = await payer(0);
    await configure(userId, { enabled: true, packageId: 'starter', threshold: 0, dailyCap: 2 }).expect(200);
    await billing.stopWorker();
    await Promise.all(Array.from({ length: 20 }, () => billing.commands.execute(new BeginTopUp(userId))));
    expect(await topUps(userId)).toHaveLength(1);
    await billing.startWorker();
    for (const bought of [200, 300]) {
      await eventually(async () => (await billing.balance(userId)).posted === bought, 'the top-up');
      await billing.commands.execute(new BeginTopUp(userId));
    }
    expect(await topUps(userId)).toHaveLength(2);
  });

  it('tell the user when the bank wants them, stop, and go on when they have said so', async () => {
    const { userId } = await payer(0);
    await behave(userId, 'authentication_required');
    await configure(userId, { enabled: true, packageId: 'starter', threshold: 100 }).expect(200);
    await eventually(async () => (await settings(userId)).problem !== null, 'the problem');
    expect((await settings(userId)).problem).toBe('authentication_required');
    expect(await topUps(userId)).toEqual([{ status: 'failed', code: 'authentication_required' }]);
    const [line] = await billing.sql(
      `select details from billing_history where user_id = $1 and kind = 'payment_failed'`,
      [userId],
    );
    expect(line).toEqual({ details: { failureCode: 'authentication_required', by: 'auto_top_up' } });
    await billing.commands.execute(new BeginTopUp(userId));
    expect(await topUps(userId)).toHaveLength(1);
    await behave(userId, 'succeeds');
    await configure(userId, { enabled: true, dailyCap: 5 }).expect(200);
    await eventually(async () => (await billing.balance(userId)).posted === 200, 'the second try');
    expect((await settings(userId)).problem).toBeNull();
  });

  // Mutant: a new idempotency key for each try: the card is charged twice.
  it('charge once though the answer was lost', async () => {
    const { userId } = await payer(0);
    const before = intents(userId);
    await billing.control('faults', {
      action: 'drop-after',
      method: 'POST',
      path: '^/v1/payment_intents$',
      times: 2,
    });
    await configure(userId, { enabled: true, packageId: 'starter', threshold: 100 }).expect(200);
    await eventually(async () => (await billing.balance(userId)).posted === 200, 'the top-up');
    expect(intents(userId) - before).toBe(1);
  });
});
