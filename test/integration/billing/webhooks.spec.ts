import { createHmac, randomUUID } from 'node:crypto';
import request from 'supertest';
import { PurchaseCredits } from '../../../src/billing/purchase-credits/purchase-credits.handler';
import { PollStripeEvents } from '../../../src/billing/poll-stripe-events/poll-stripe-events.handler';
import { type BillingApp, eventually, startBillingApp, webhookSecret } from '../../support/billing-app';

const rotated = 'whsec_the_new_one_9876543210';

describe('Stripe webhooks', () => {
  let billing: BillingApp;
  beforeAll(async () => {
    const env = { STRIPE_WEBHOOK_SECRETS: `${rotated},${webhookSecret}`, STRIPE_ACCOUNT_ID: 'acct_ours' };
    billing = await startBillingApp({ env });
  });
  afterEach(async () => {
    await billing.control('deliveries', { mode: 'deliver', copies: 1, shuffleMs: 0 });
    expect(await billing.violations()).toEqual([]);
  });
  afterAll(() => billing.close());

  const stored = async () =>
    (await billing.sql<{ n: number }>('select count(*)::int as n from stripe_events'))[0]!.n;
  const eventOf = (fields: object = {}) => ({
    ...{
      id: `evt_${randomUUID()}`,
      object: 'event',
      type: 'customer.created',
      created: 1_790_000_000,
      livemode: false,
    },
    ...{ api_version: '2026-10-28.endive', data: { object: { id: 'cus_1' } } },
    ...fields,
  });
  const sign = (body: string, secret: string, at = Date.now()) => {
    const t = Math.floor(at / 1_000);
    return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`;
  };
  const send = (body: string, signature?: string) => {
    const call = request(billing.http).post('/api/billing/webhook').set('content-type', 'application/json');
    return (signature === undefined ? call : call.set('stripe-signature', signature)).send(body);
  };
  const buy = async (userId: string) => {
    const order = { packageId: 'starter' };
    const { paymentId } = await billing.commands.execute(new PurchaseCredits(userId, randomUUID(), order));
    const [row] = await billing.sql<{ id: string }>(
      'select checkout_session_id as id from stripe_payments where id = $1',
      [paymentId],
    );
    return { paymentId, sessionId: row!.id };
  };

  // Mutants: verifying the parsed body, a default tolerance of 0, an empty secret that signs for everybody, trusting livemode.
  const body = JSON.stringify(eventOf());
  it.each([
    ['no signature', body, undefined, 400, 'billing.webhook-signature'],
    ['an empty signature', body, '', 400, 'billing.webhook-signature'],
    ['a forged signature', body, sign(body, 'whsec_somebody_elses'), 400, 'billing.webhook-signature'],
    ['a signature with an empty secret', body, sign(body, ''), 400, 'billing.webhook-signature'],
    ['a signature of another body', body, sign(`${body} `, webhookSecret), 400, 'billing.webhook-signature'],
    [
      'a signature of six minutes ago',
      body,
      sign(body, webhookSecret, Date.now() - 360_000),
      400,
      'billing.webhook-signature',
    ],
    [
      'an unversioned signature',
      body,
      sign(body, webhookSecret).replace('v1=', 'v0='),
      400,
      'billing.webhook-signature',
    ],
    ...(
      [
        ['the other mode', { livemode: true }, 'billing.webhook-mode'],
        ['an unknown account', { account: 'acct_theirs' }, 'billing.webhook-account'],
      ] as const
    ).map(([what, fields, code]) => {
      const other = JSON.stringify(eventOf(fields));
      return [what, other, sign(other, webhookSecret), 400, code] as const;
    }),
    ...[JSON.stringify(eventOf({ padding: 'x'.repeat(257 * 1_024) }))].map(
      (big) => ['257 KiB', big, sign(big, webhookSecret), 413, 'request.too-large'] as const,
    ),
    ['no JSON', 'not json', sign('not json', webhookSecret), 400, 'request.invalid-json'],
  ] as const)('refuses %s and writes nothing', async (_, payload, signature, status, code) => {
    const before = await stored();
    const answer = await send(payload, signature).expect(status);
    expect(answer.body.code).toBe(code);
    expect(await stored()).toBe(before);
  });

  it.each([
    ['the old secret', webhookSecret],
    ['the new one', rotated],
  ])('takes %s while they are rotated', async (_, secret) => {
    const text = JSON.stringify(eventOf());
    await send(text, sign(text, secret)).expect(200, { received: true });
  });

  it('takes an event of our own account, and one with 200 KiB', async () => {
    const text = JSON.stringify(eventOf({ account: 'acct_ours', padding: 'x'.repeat(200 * 1_024) }));
    await send(text, sign(text, webhookSecret)).expect(200);
  });

  it('stores an unknown type as it came, and leaves it', async () => {
    const event = eventOf({ type: 'invoice.sent' });
    const text = JSON.stringify(event);
    await send(text, sign(text, webhookSecret)).expect(200);
    const [row] = await billing.sql('select payload, outcome, source from stripe_events where id = $1', [
      event.id,
    ]);
    expect(row).toEqual({ payload: event, outcome: 'unhandled', source: 'webhook' });
  });

  it("closes an event about somebody else's payment", async () => {
    const object = { id: 'cs_other', object: 'checkout.session', metadata: { payment_id: randomUUID() } };
    const event = eventOf({ type: 'checkout.session.completed', data: { object } });
    const text = JSON.stringify(event);
    await send(text, sign(text, webhookSecret)).expect(200);
    await eventually(async () => {
      const [row] = await billing.sql<{ outcome: string }>(
        'select outcome from stripe_events where id = $1',
        [event.id],
      );
      return row?.outcome === 'unrelated';
    }, 'the event to be closed');
  });

  // Mutant: granting per event instead of per payment.
  it('grants once for one event delivered 50 times in parallel', async () => {
    const { userId } = await billing.user();
    const { sessionId } = await buy(userId);
    await billing.control('deliveries', { mode: 'deliver', copies: 50 });
    await billing.control(`sessions/${sessionId}/pay`, { outcome: 'card' });
    await eventually(async () => (await billing.balance(userId)).posted === 100, 'the credits');
    await eventually(async () => {
      const [row] = await billing.sql<{ n: number }>(
        'select count(*)::int as n from stripe_events where processed_at is null',
      );
      return row?.n === 0;
    }, 'all events');
    expect(await billing.balance(userId)).toEqual({ posted: 100, held: 0, debt: 0 });
  });

  // Mutant: no poller.
  it.each(['drop', 'lose'])(
    'grants though every webhook was lost (%s): the poller fetches them',
    async (mode) => {
      const { userId } = await billing.user();
      const { sessionId } = await buy(userId);
      await billing.control('deliveries', { mode });
      await billing.control(`sessions/${sessionId}/pay`, { outcome: 'card' });
      expect(await billing.commands.execute(new PollStripeEvents())).toBeGreaterThan(0);
      await eventually(async () => (await billing.balance(userId)).posted === 100, 'the credits');
      expect(await billing.commands.execute(new PollStripeEvents())).toBe(0);
    },
  );

  it('does a poll that broke off again, from where the last complete one began', async () => {
    const { userId } = await billing.user();
    const { sessionId } = await buy(userId);
    await billing.control('deliveries', { mode: 'drop' });
    await billing.control(`sessions/${sessionId}/pay`, { outcome: 'card' });
    await billing.control('faults', { action: 'drop', path: '^/v1/events', times: 0 });
    await expect(billing.commands.execute(new PollStripeEvents())).rejects.toMatchObject({
      kind: 'unavailable',
    });
    await billing.stripe.app.inject({ method: 'DELETE', url: '/__control/faults' });
    await billing.commands.execute(new PollStripeEvents());
    await eventually(async () => (await billing.balance(userId)).posted === 100, 'the credits');
  });

  it('keeps an event while Stripe is out, and acts upon it afterwards', async () => {
    const { userId } = await billing.user();
    const { sessionId } = await buy(userId);
    await billing.control('faults', { action: 'drop', path: '^/v1/(checkout|payment_intents)', times: 8 });
    await billing.control(`sessions/${sessionId}/pay`, { outcome: 'card' });
    await eventually(async () => (await billing.balance(userId)).posted === 100, 'the credits');
  }, 30_000);
});
