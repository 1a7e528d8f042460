import type Stripe from 'stripe';
import { type RunningEmulator, startEmulator } from '../../emulator/emulator';
import { stripeEmulator } from '../stripe-emulator';
import { purchase, sdkFor } from '../testing';

describe('payment page', () => {
  const definition = stripeEmulator();
  let emulator: RunningEmulator;
  let stripe: Stripe;
  const open = async (more: Partial<Stripe.Checkout.SessionCreateParams> = {}) => {
    const session = await stripe.checkout.sessions.create({ ...purchase, ...more });
    return { id: session.id, url: session.url ?? '' };
  };
  const submit = (url: string, form: Record<string, string>) =>
    fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });

  beforeAll(async () => {
    emulator = await startEmulator(definition);
    stripe = sdkFor(emulator);
  });
  beforeEach(() => definition.reset());
  afterAll(() => emulator.close());

  it('shows what is bought, the ways to pay and the way back, as plain accessible HTML', async () => {
    const { url } = await open();
    const response = await fetch(url);
    const page = await response.text();
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page).toContain('<html lang="en">');
    expect(page).toContain('Pay $15.00');
    expect(page).toContain('500 credits × 1');
    expect(page).toContain('<legend>Payment method</legend>');
    expect(page).toContain('href="http://localhost:3000/cancelled"');
    expect(page).not.toContain('<script');
  });

  it('redirects to the success URL with the session id filled in', async () => {
    const { id, url } = await open();
    const response = await submit(url, { outcome: 'card', email: 'a@example.com' });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(`http://localhost:3000/paid?session=${id}`);
    expect((await stripe.checkout.sessions.retrieve(id)).payment_status).toBe('paid');
  });

  it('shows a decline and lets the payer try again', async () => {
    const { url } = await open();
    const declined = await submit(url, { outcome: 'insufficient_funds' });
    expect(declined.status).toBe(402);
    expect(await declined.text()).toContain('role="alert">Your card has insufficient funds.');
    expect((await submit(url, { outcome: 'card' })).status).toBe(303);
  });

  it('asks for authentication before it charges', async () => {
    const { id, url } = await open();
    const challenge = await submit(url, { outcome: 'sca', email: 'a@example.com' });
    expect(await challenge.text()).toContain('Yes, complete the payment');
    expect((await stripe.checkout.sessions.retrieve(id)).status).toBe('open');
    expect((await submit(url, { outcome: 'sca_failed' })).status).toBe(402);
    expect((await submit(url, { outcome: 'sca_confirmed', email: 'a@example.com' })).status).toBe(303);
  });

  it('offers delayed payment only where the session allows it', async () => {
    const both = await (await fetch((await open()).url)).text();
    const cardOnly = await (await fetch((await open({ allowed_payment_method_types: ['card'] })).url)).text();
    expect(both).toContain('value="delayed"');
    expect(cardOnly).not.toContain('value="delayed"');
  });

  it('has nothing to pay on a session that is complete', async () => {
    const { url } = await open();
    await submit(url, { outcome: 'card' });
    expect(await (await fetch(url)).text()).toContain('This checkout session is complete.');
    expect((await submit(url, { outcome: 'card' })).status).toBe(409);
    expect((await stripe.charges.list()).data).toHaveLength(1);
  });

  // Catches the mutant that prints names unescaped.
  it('escapes what the merchant wrote', async () => {
    const line_items: Stripe.Checkout.SessionCreateParams['line_items'] = [
      {
        quantity: 1,
        price_data: { currency: 'usd', unit_amount: 500, product_data: { name: '<img src=x>' } },
      },
    ];
    const page = await (await fetch((await open({ line_items })).url)).text();
    expect(page).not.toContain('<img');
    expect(page).toContain('&#60;img src=x&#62;');
  });
});
