import type Stripe from 'stripe';
import { type RunningEmulator, startEmulator } from '../emulator/emulator';
import { stripeEmulator } from './stripe-emulator';
import { control, purchase, sdkFor } from './testing';

describe('checkout', () => {
  const definition = stripeEmulator();
  let emulator: RunningEmulator;
  let stripe: Stripe;
  const pay = (id: string, outcome: string) => control(emulator, `sessions/${id}/pay`, { outcome });
  const create = (more: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
    stripe.checkout.sessions.create({ ...purchase, ...more });
  const types = async () =>
    (await stripe.events.list({ limit: 100 })).data.map((event) => event.type).reverse();

  beforeAll(async () => {
    emulator = await startEmulator(definition);
    stripe = sdkFor(emulator);
  });
  beforeEach(() => definition.reset());
  afterAll(() => emulator.close());

  it('opens a session that nobody has paid', async () => {
    const session = await create({ expand: ['line_items'], client_reference_id: 'ref-1' });
    expect(session).toMatchObject({
      status: 'open',
      payment_status: 'unpaid',
      amount_total: 1_500,
      currency: 'usd',
      livemode: false,
      payment_intent: null,
      client_reference_id: 'ref-1',
      metadata: { userId: 'user-1', package: 'starter' },
    });
    expect(session.id).toMatch(/^cs_test_/);
    expect(session.line_items?.data[0]).toMatchObject({ description: '500 credits', amount_total: 1_500 });
  });

  it('completes a session paid by card', async () => {
    const { id } = await create();
    await control(emulator, `sessions/${id}/pay`, { outcome: 'card', email: 'anna@example.com' });
    const session = await stripe.checkout.sessions.retrieve(id, {
      expand: ['payment_intent.latest_charge.balance_transaction'],
    });
    expect(session).toMatchObject({ status: 'complete', payment_status: 'paid', url: null });
    expect(session.customer_details?.email).toBe('anna@example.com');
    const intent = session.payment_intent as Stripe.PaymentIntent;
    expect(intent).toMatchObject({
      status: 'succeeded',
      amount_received: 1_500,
      metadata: { userId: 'user-1' },
    });
    expect(intent.latest_charge).toMatchObject({
      paid: true,
      amount: 1_500,
      balance_transaction: { amount: 1_500, fee: 74, net: 1_426 },
    });
    expect(await types()).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
      'checkout.session.completed',
    ]);
  });

  it('stays open after a decline, and takes another card', async () => {
    const { id } = await create();
    await pay(id, 'declined');
    await pay(id, 'sca_failed');
    const open = await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent'] });
    expect(open).toMatchObject({ status: 'open', payment_status: 'unpaid' });
    expect(open.payment_intent).toMatchObject({
      last_payment_error: { code: 'payment_intent_authentication_failure' },
    });
    await pay(id, 'sca');
    const paid = await stripe.checkout.sessions.retrieve(id);
    expect(paid).toMatchObject({ status: 'complete', payment_status: 'paid' });
    expect((await stripe.charges.list()).data.map((charge) => charge.status)).toEqual([
      'succeeded',
      'failed',
      'failed',
    ]);
    expect((await stripe.paymentIntents.list()).data).toHaveLength(1);
  });

  it('completes unpaid with a delayed method, and pays later', async () => {
    const { id } = await create();
    await pay(id, 'delayed');
    const session = await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent'] });
    expect(session).toMatchObject({ status: 'complete', payment_status: 'unpaid' });
    expect(session.payment_intent).toMatchObject({ status: 'processing' });
    await control(emulator, `sessions/${id}/settle`, { succeeded: true });
    expect((await stripe.checkout.sessions.retrieve(id)).payment_status).toBe('paid');
    expect((await types()).slice(-3)).toEqual([
      'charge.succeeded',
      'payment_intent.succeeded',
      'checkout.session.async_payment_succeeded',
    ]);
  });

  it('stays unpaid when the bank refuses a delayed method', async () => {
    const { id } = await create();
    await pay(id, 'delayed');
    await control(emulator, `sessions/${id}/settle`, { succeeded: false });
    expect((await stripe.checkout.sessions.retrieve(id)).payment_status).toBe('unpaid');
    expect((await types()).at(-1)).toBe('checkout.session.async_payment_failed');
    await expect(control(emulator, `sessions/${id}/settle`)).rejects.toThrow('400');
  });

  it('expires once, and can be paid no more', async () => {
    const { id } = await create();
    expect(await stripe.checkout.sessions.expire(id)).toMatchObject({ status: 'expired', url: null });
    await expect(stripe.checkout.sessions.expire(id)).rejects.toMatchObject({ statusCode: 400 });
    await expect(pay(id, 'card')).rejects.toThrow('expired');
    expect(await types()).toEqual(['checkout.session.expired']);
  });

  it('saves the card of a customer who will be charged later', async () => {
    const { id } = await create({ payment_intent_data: { setup_future_usage: 'off_session' } });
    await pay(id, 'card');
    const { customer } = await stripe.checkout.sessions.retrieve(id);
    const { data } = await stripe.customers.listPaymentMethods(customer as string, { type: 'card' });
    expect(data).toHaveLength(1);
    expect(data[0]?.card).toMatchObject({ brand: 'visa', last4: '4242' });
  });

  it('makes a customer when always asked to, and keeps the one it is given', async () => {
    const always = await create({ customer_creation: 'always' });
    await pay(always.id, 'card');
    expect((await stripe.checkout.sessions.retrieve(always.id)).customer).toMatch(/^cus_/);
    const { id: customer } = await stripe.customers.create({ email: 'b@example.com' });
    const given = await create({ customer });
    await pay(given.id, 'card');
    const session = await stripe.checkout.sessions.retrieve(given.id, { expand: ['payment_intent'] });
    expect(session).toMatchObject({ customer, payment_intent: { customer } });
    expect((await stripe.checkout.sessions.list({ customer })).data.map(({ id }) => id)).toEqual([given.id]);
  });

  it('says live of everything when told to', async () => {
    const live = await startEmulator(stripeEmulator({ livemode: true }));
    const session = await sdkFor(live, 'sk_live_sandbox').checkout.sessions.create(purchase);
    expect(session).toMatchObject({ livemode: true });
    expect(session.id).toMatch(/^cs_live_/);
    await live.close();
  });

  it.each<[string, object, string]>([
    ['no line items', { line_items: [] }, 'line_items'],
    ['no success URL', { success_url: '' }, 'success_url'],
    ['a success URL that is none', { success_url: 'paid' }, 'success_url'],
    ['an unknown customer', { customer: 'cus_nobody' }, 'customer'],
    ['an expiry within minutes', { expires_at: Math.floor(Date.now() / 1_000) + 600 }, 'expires_at'],
    ['metadata that is too long', { metadata: { note: 'x'.repeat(501) } }, 'metadata[note]'],
    ['a parameter that does not exist', { succes_url: 'x' }, 'succes_url'],
    [
      'next to no amount',
      { line_items: [{ price_data: { currency: 'usd', unit_amount: 10, product_data: { name: 'x' } } }] },
      'line_items',
    ],
  ])('refuses a session with %s', async (_name, more, param) => {
    await expect(create(more)).rejects.toMatchObject({
      statusCode: 400,
      type: 'StripeInvalidRequestError',
      param,
    });
  });
});
