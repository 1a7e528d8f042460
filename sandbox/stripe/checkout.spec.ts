import type Stripe from 'stripe';
import { type RunningEmulator, startEmulator } from '../emulator/emulator';
import { stripeEmulator } from './stripe-emulator';
import { control, purchase, sdkFor } from './testing';

describe('checkout', () => {
  const definition = stripeEmulator();
  let emulator: RunningEmulator;
  let stripe: Stripe;
  const types = async () =>
    (await stripe.events.list({ limit: 100 })).data.map((event) => event.type).reverse();

  beforeAll(async () => {
    emulator = await startEmulator(definition);
    stripe = sdkFor(emulator);
  });
  beforeEach(() => definition.reset());
  afterAll(() => emulator.close());

  it('opens a session with a page to pay on', async () => {
    const session = await stripe.checkout.sessions.create({ ...purchase, expand: ['line_items'] });
    expect(session).toMatchObject({
      status: 'open',
      payment_status: 'unpaid',
      amount_total: 1_500,
      currency: 'usd',
    });
    expect(session.line_items?.data[0]).toMatchObject({ description: '500 credits', amount_total: 1_500 });
    const page = await fetch(session.url ?? '');
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toContain('Pay $15.00');
  });

  it('completes a session paid by card', async () => {
    const { id } = await stripe.checkout.sessions.create(purchase);
    await control(emulator, `sessions/${id}/pay`, { outcome: 'card', email: 'anna@example.com' });
    const session = await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent.latest_charge'] });
    expect(session).toMatchObject({ status: 'complete', payment_status: 'paid', url: null });
    expect(session.customer_details?.email).toBe('anna@example.com');
    const intent = session.payment_intent as Stripe.PaymentIntent;
    expect(intent).toMatchObject({
      status: 'succeeded',
      amount_received: 1_500,
      metadata: { userId: 'user-1' },
    });
    expect(intent.latest_charge).toMatchObject({ object: 'charge', paid: true, amount: 1_500 });
    expect(await types()).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
      'checkout.session.completed',
    ]);
  });
});
