import type Stripe from 'stripe';
import { type RunningEmulator, startEmulator } from '../emulator/emulator';
import { loadVendorSpec } from '../emulator/vendor-spec';
import { type WatchedEmulator, watchTraffic } from '../emulator/watch-traffic';
import { deviations } from './deviations';
import { type StripeEmulator, stripeEmulator } from './stripe-emulator';
import { control, purchase, sdkFor } from './testing';
import { parseForm } from './wire/form';

const spec = loadVendorSpec('stripe/openapi-2023-08-16.json');

(spec ? describe : describe.skip)('the vendor description (skipped without ../shared/specs)', () => {
  let watched: WatchedEmulator<StripeEmulator>;
  let emulator: RunningEmulator;
  let stripe: Stripe;

  beforeAll(async () => {
    watched = watchTraffic(stripeEmulator(), spec!, ({ url, body }) =>
      parseForm(typeof body === 'string' ? body : (url.split('?')[1] ?? '')),
    );
    emulator = await startEmulator(watched.definition);
    stripe = sdkFor(emulator);
  });
  afterEach(() => {
    const known = (fault: string) => deviations.some(({ pattern }) => pattern.test(fault));
    expect(watched.faults.filter((fault) => !known(fault))).toEqual([]);
  });
  afterAll(() => emulator.close());

  const buy = async (outcome: string): Promise<Stripe.Checkout.Session> => {
    const { id } = await stripe.checkout.sessions.create({ ...purchase, customer_creation: 'always' });
    await control(emulator, `sessions/${id}/pay`, { outcome });
    const expand = ['line_items', 'customer', 'payment_intent.latest_charge.balance_transaction'];
    return stripe.checkout.sessions.retrieve(id, { expand });
  };
  const chargeOf = (session: Stripe.Checkout.Session): string =>
    ((session.payment_intent as Stripe.PaymentIntent).latest_charge as Stripe.Charge).id;

  it('fits checkout, paid at once, later or never', async () => {
    await buy('card');
    await buy('declined');
    const { id } = await buy('delayed');
    await control(emulator, `sessions/${id}/settle`, { succeeded: false });
    await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent'] });
    await stripe.checkout.sessions.list({ limit: 5 });
    await stripe.checkout.sessions.listLineItems(id);
    await stripe.checkout.sessions.expire((await stripe.checkout.sessions.create(purchase)).id);
  });

  it('fits refunds and disputes', async () => {
    const charge = chargeOf(await buy('card'));
    const refund = await stripe.refunds.create({ charge, amount: 100, metadata: { why: 'test' } });
    await stripe.refunds.update(refund.id, { metadata: { why: 'other' } });
    await control(emulator, `refunds/${refund.id}/fail`);
    await stripe.refunds.retrieve(refund.id, { expand: ['charge', 'balance_transaction'] });
    await stripe.refunds.list({ charge });
    await stripe.charges.retrieve(charge, { expand: ['refunds'] });
    const { id } = await control<Stripe.Dispute>(emulator, `charges/${charge}/dispute`);
    await stripe.disputes.update(id, { evidence: { uncategorized_text: 'sent' }, submit: true });
    await stripe.disputes.close(id);
    await stripe.disputes.list({ charge });
  });

  it('fits customers, payment methods and charges off session', async () => {
    const { id: customer } = await stripe.customers.create({
      email: 'a@example.com',
      metadata: { userId: '1' },
    });
    const { id: payment_method } = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    const params = {
      amount: 900,
      currency: 'usd',
      customer,
      payment_method,
      confirm: true,
      off_session: true,
    };
    await stripe.paymentIntents.create(params);
    await control(emulator, `payment_methods/${payment_method}`, { behaviour: 'authentication_required' });
    await expect(stripe.paymentIntents.create(params)).rejects.toMatchObject({ statusCode: 402 });
    await stripe.customers.listPaymentMethods(customer, { type: 'card' });
    await stripe.paymentMethods.detach(payment_method);
    await stripe.customers.update(customer, { name: 'Anna' });
    await stripe.customers.del(customer);
    await stripe.paymentIntents.list({ customer });
    await stripe.charges.list({ customer });
  });

  it('fits events, endpoints and the account', async () => {
    const { data } = await stripe.events.list({ types: ['charge.succeeded'], delivery_success: true });
    await stripe.events.retrieve(data[0]?.id ?? '');
    const { id } = await stripe.webhookEndpoints.create({
      url: 'http://127.0.0.1:9/hook',
      enabled_events: ['*'],
    });
    await stripe.webhookEndpoints.list();
    await stripe.webhookEndpoints.del(id);
    await stripe.accounts.retrieveCurrent();
  });

  it('leaves the description only where it says so, and still does there', async () => {
    await stripe.checkout.sessions.create({ ...purchase, allowed_payment_method_types: ['card'] });
    for (const { pattern } of deviations)
      expect(watched.faults).toContainEqual(expect.stringMatching(pattern));
  });

  it('checked many calls, and sees what does not fit', async () => {
    expect(watched.checked()).toBeGreaterThan(30);
    const [charge] = (await stripe.charges.list({ limit: 1 })).data;
    const faults = (answer: object) =>
      spec?.answerFaults('GET', '/v1/charges/ch_1', 200, { ...charge, ...answer });
    expect(faults({})).toEqual([]);
    expect(faults({ amount: 'much' })).not.toEqual([]);
    expect(faults({ status: 'paid' })).not.toEqual([]);
    expect(faults({ currency: undefined })).not.toEqual([]);
    expect(spec?.requestFaults('POST', '/v1/refunds', { amont: '5' })).not.toEqual([]);
  });
});
