import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { type BillingApp, eventually, startBillingApp } from '../../support/billing-app';
import { payAt } from '../../support/sdk-journey';

describe('buying credits', () => {
  let billing: BillingApp;
  beforeAll(async () => {
    billing = await startBillingApp();
  });
  afterEach(async () => {
    await billing.stripe.app.inject({ method: 'DELETE', url: '/__control/faults' });
    expect(await billing.violations()).toEqual([]);
  });
  afterAll(() => billing.close());

  const purchase = (userId: string, idempotencyKey?: string, packageId = 'starter') =>
    billing.as(userId).billing.purchase({ packageId }, { ...(idempotencyKey && { idempotencyKey }) });
  const payment = (userId: string, id: string) => billing.as(userId).payments.get(id);
  const sessionOf = async (paymentId: string): Promise<string> => {
    const rows = await billing.sql<{ id: string }>(
      'select checkout_session_id as id from stripe_payments where id = $1',
      [paymentId],
    );
    return rows[0]!.id;
  };
  const pay = async (paymentId: string, outcome: string) =>
    billing.control(`sessions/${await sessionOf(paymentId)}/pay`, { outcome });
  const sessions = () => billing.world.sessions.all().length;

  it('takes a buyer from the list of packages over the payment page to spendable credits', async () => {
    const { userId } = await billing.user();
    const inbrief = billing.as(userId);
    const { data: packages } = await inbrief.packages.list();
    expect(packages[0]).toEqual({
      ...{ id: 'starter', name: 'Starter', credits: 100 },
      ...{ amountMinor: 500, currency: 'eur', validityDays: null },
    });
    const { paymentId, checkoutUrl } = await inbrief.billing.purchase({ packageId: 'starter' });
    expect(await inbrief.payments.get(paymentId)).toMatchObject({ status: 'open', checkoutUrl });
    expect(await payAt(checkoutUrl)).toMatch(/^http:\/\/localhost:3000\/console/);
    await eventually(async () => (await payment(userId, paymentId)).status === 'paid', 'the payment');
    expect(await inbrief.billing.balance()).toEqual({
      ...{ available: 100, held: 0, captured: 0, granted: 100, owed: 0 },
      lots: [{ source: 'purchase', granted: 100, remaining: 100, held: 0, expiresAt: null }],
    });
    const [event] = await billing.sql<{ payload: object }>(
      `select payload from outbox_messages where type = 'billing.credits-added.v1' and user_id = $1`,
      [userId],
    );
    expect(event?.payload).toEqual({ userId, credits: 100, source: 'purchase' });
  });

  it('grants nothing for a delayed method until its money arrives', async () => {
    const { userId } = await billing.user();
    const { paymentId } = await purchase(userId);
    await pay(paymentId, 'delayed');
    await eventually(async () => (await payment(userId, paymentId)).status === 'processing', 'the debit');
    expect(await billing.balance(userId)).toMatchObject({ posted: 0 });
    await billing.control(`sessions/${await sessionOf(paymentId)}/settle`, { succeeded: true });
    await eventually(async () => (await billing.balance(userId)).posted === 100, 'the credits');
  });

  it('grants nothing for a delayed method that bounces, and says so', async () => {
    const { userId } = await billing.user();
    const { paymentId } = await purchase(userId);
    await pay(paymentId, 'delayed');
    await billing.control(`sessions/${await sessionOf(paymentId)}/settle`, { succeeded: false });
    await eventually(async () => (await payment(userId, paymentId)).status === 'failed', 'the failure');
    expect((await payment(userId, paymentId)).failureCode).toBeTruthy();
    expect(await billing.balance(userId)).toMatchObject({ posted: 0 });
  });

  it('leaves the page open after a declined card, for another one', async () => {
    const { userId } = await billing.user();
    const { paymentId } = await purchase(userId);
    await pay(paymentId, 'declined').catch(() => undefined);
    await eventually(
      () =>
        Promise.resolve(
          billing.world.events.all().some(({ type }) => type === 'payment_intent.payment_failed'),
        ),
      'the decline',
    );
    expect((await payment(userId, paymentId)).status).toBe('open');
    await pay(paymentId, 'card');
    await eventually(async () => (await payment(userId, paymentId)).status === 'paid', 'the payment');
  });

  it('closes a purchase whose page expired', async () => {
    const { userId } = await billing.user();
    const { paymentId } = await purchase(userId);
    await fetch(`${billing.stripe.url}/v1/checkout/sessions/${await sessionOf(paymentId)}/expire`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk_test_sandbox' },
    });
    await eventually(async () => (await payment(userId, paymentId)).status === 'expired', 'the expiry');
  });

  // Mutant: a Stripe idempotency key of its own for each request.
  it('opens one session for 20 parallel double clicks, and answers all of them alike', async () => {
    const { userId } = await billing.user();
    const key = randomUUID();
    const before = sessions();
    const answers = await Promise.all(Array.from({ length: 20 }, () => purchase(userId, key)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(sessions() - before).toBe(1);
  });

  it('answers the same key and body alike, also after the payment', async () => {
    const { userId } = await billing.user();
    const key = randomUUID();
    const first = await purchase(userId, key);
    await pay(first.paymentId, 'card');
    await eventually(async () => (await billing.balance(userId)).posted === 100, 'the credits');
    expect(await purchase(userId, key)).toEqual(first);
  });

  it('refuses a key that came with another body, and takes the same key from another user', async () => {
    const [ada, bob] = [await billing.user(), await billing.user()];
    const key = randomUUID();
    const { paymentId } = await purchase(ada.userId, key);
    await expect(purchase(ada.userId, key, 'pro')).rejects.toMatchObject({
      status: 422,
      code: 'billing.idempotency-key-reused',
    });
    expect((await purchase(bob.userId, key, 'pro')).paymentId).not.toBe(paymentId);
  });

  it.each([
    ['no key', undefined, { packageId: 'starter' }, 400, 'request.idempotency-key'],
    ['a key of spaces', 'a b', { packageId: 'starter' }, 400, 'request.idempotency-key'],
    ['a package that is not sold', 'k1', { packageId: 'free' }, 422, 'billing.unknown-package'],
    ['a price of the caller', 'k2', { packageId: 'starter', amountMinor: 1 }, 400, 'request.invalid'],
    [
      'a foreign return address',
      'k3',
      { packageId: 'starter', successUrl: 'https://evil.example/' },
      400,
      'billing.return-url',
    ],
    [
      'a script for an address',
      'k4',
      { packageId: 'starter', cancelUrl: 'javascript:alert(1)' },
      400,
      'request.invalid',
    ],
  ])('refuses %s', async (_, key, body, status, code) => {
    const { userId } = await billing.user();
    const call = request(billing.url).post('/api/billing/purchase').set('x-test-user', userId).send(body);
    if (key !== undefined) call.set('idempotency-key', key);
    const answer = await call.expect(status);
    expect(answer.body.code).toBe(code);
  });

  it("shows nobody another user's payment", async () => {
    const [ada, bob] = [await billing.user(), await billing.user()];
    const { paymentId } = await purchase(ada.userId);
    await expect(payment(bob.userId, paymentId)).rejects.toMatchObject({ status: 404 });
  });

  // Mutant: giving up with the lost answer, or asking again under another key: two sessions.
  it('opens one session though the answer to its making was lost', async () => {
    const { userId } = await billing.user();
    const before = sessions();
    await billing.control('faults', {
      action: 'drop-after',
      method: 'POST',
      path: '^/v1/checkout/sessions$',
      times: 1,
    });
    await purchase(userId);
    expect(sessions() - before).toBe(1);
  });

  it('says 503 while Stripe is out, and the same click succeeds afterwards', async () => {
    const { userId } = await billing.user();
    const key = randomUUID();
    await billing.control('faults', {
      ...{ action: 'respond', status: 503, path: '^/v1/checkout', times: 0 },
      body: { error: { type: 'api_error', message: 'Down.' } },
    });
    await expect(purchase(userId, key)).rejects.toMatchObject({ status: 503, code: 'stripe.failed' });
    await billing.stripe.app.inject({ method: 'DELETE', url: '/__control/faults' });
    expect((await purchase(userId, key)).checkoutUrl).toContain(billing.stripe.url);
  });
});

describe('with payments switched off', () => {
  let billing: BillingApp;
  beforeAll(async () => {
    billing = await startBillingApp({ env: { ENABLE_STRIPE: 'false' } });
  });
  afterAll(() => billing.close());

  it.each([
    ['GET', '/api/billing/packages'],
    ['POST', '/api/billing/purchase'],
    ['GET', '/api/billing/payments/0192f0c1-0000-7000-8000-000000000000'],
    ['POST', '/api/billing/webhook'],
  ])('%s %s is a clear 503', async (method, path) => {
    const call = method === 'GET' ? request(billing.url).get(path) : request(billing.url).post(path).send({});
    const answer = await call.set('x-test-user', (await billing.user()).userId).expect(503);
    expect(answer.body).toMatchObject({ code: 'billing.payments-disabled', status: 503 });
  });

  it('the balance still answers', async () => {
    const { userId } = await billing.user();
    expect((await billing.as(userId).billing.balance()).owed).toBe(0);
  });
});
