import Stripe from 'stripe';
import { type RunningEmulator, startEmulator } from '../emulator/emulator';
import { stripeEmulator } from './stripe-emulator';
import { control, sdkFor } from './testing';

describe('payment intents, refunds and disputes', () => {
  const definition = stripeEmulator();
  let emulator: RunningEmulator;
  let stripe: Stripe;
  const charge = (payment_method: string, more: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
    stripe.paymentIntents.create({
      amount: 2_000,
      currency: 'usd',
      payment_method,
      confirm: true,
      off_session: true,
      ...more,
    });
  const failure = async (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    );
  const types = async () =>
    (await stripe.events.list({ limit: 100 })).data.map((event) => event.type).reverse();
  const paidCharge = async () => (await charge('pm_card_visa')).latest_charge as string;

  beforeAll(async () => {
    emulator = await startEmulator(definition);
    stripe = sdkFor(emulator);
  });
  beforeEach(() => definition.reset());
  afterAll(() => emulator.close());

  it('charges a saved card while nobody is there', async () => {
    const { id: customer } = await stripe.customers.create({ email: 'a@example.com' });
    const method = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    const intent = await charge(method.id, { customer, metadata: { topUp: '7' } });
    expect(intent).toMatchObject({
      status: 'succeeded',
      amount_received: 2_000,
      customer,
      metadata: { topUp: '7' },
    });
  });

  it('tells that the bank wants the customer, with the intent in the error', async () => {
    const error = await failure(charge('pm_card_authenticationRequired'));
    expect(error).toBeInstanceOf(Stripe.errors.StripeCardError);
    expect(error).toMatchObject({ statusCode: 402, code: 'authentication_required' });
    const { payment_intent: intent } = error as Stripe.errors.StripeCardError;
    expect(intent).toMatchObject({ status: 'requires_payment_method' });
    const kept = await stripe.paymentIntents.retrieve(intent?.id ?? '');
    expect(kept.last_payment_error).toMatchObject({ code: 'authentication_required', type: 'card_error' });
    expect((await types()).at(-1)).toBe('payment_intent.payment_failed');
  });

  it('tells why a card was declined', async () => {
    expect(await failure(charge('pm_card_chargeDeclined'))).toMatchObject({
      code: 'card_declined',
      decline_code: 'generic_decline',
    });
    const poor = await failure(charge('pm_card_chargeDeclinedInsufficientFunds'));
    expect(poor).toMatchObject({ code: 'card_declined', decline_code: 'insufficient_funds' });
  });

  it('changes what a saved card will do when told', async () => {
    const { id: customer } = await stripe.customers.create();
    const method = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    await control(emulator, `payment_methods/${method.id}`, { behaviour: 'authentication_required' });
    expect(await failure(charge(method.id, { customer }))).toMatchObject({ code: 'authentication_required' });
  });

  it('waits for the customer when they are there, and can be confirmed or canceled', async () => {
    const waiting = await charge('pm_card_authenticationRequired', { off_session: undefined });
    expect(waiting).toMatchObject({ status: 'requires_action', next_action: { type: 'use_stripe_sdk' } });
    const canceled = await stripe.paymentIntents.cancel(waiting.id, { cancellation_reason: 'abandoned' });
    expect(canceled).toMatchObject({ status: 'canceled', cancellation_reason: 'abandoned' });
    expect(await failure(stripe.paymentIntents.cancel(waiting.id))).toMatchObject({
      code: 'payment_intent_unexpected_state',
    });
    const later = await stripe.paymentIntents.create({
      amount: 900,
      currency: 'usd',
      payment_method: 'pm_card_visa',
    });
    expect(later.status).toBe('requires_confirmation');
    expect((await stripe.paymentIntents.confirm(later.id)).status).toBe('succeeded');
  });

  it('does not charge a card of somebody else', async () => {
    const { id: customer } = await stripe.customers.create();
    const method = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    expect(await failure(charge(method.id))).toMatchObject({ param: 'payment_method' });
  });

  it('refunds in parts until nothing is left', async () => {
    const id = await paidCharge();
    const part = await stripe.refunds.create({ charge: id, amount: 500, reason: 'requested_by_customer' });
    expect(part).toMatchObject({ status: 'succeeded', amount: 500, charge: id });
    expect(await stripe.charges.retrieve(id)).toMatchObject({ amount_refunded: 500, refunded: false });
    expect(await failure(stripe.refunds.create({ charge: id, amount: 1_501 }))).toMatchObject({
      param: 'amount',
    });
    expect((await stripe.refunds.create({ charge: id })).amount).toBe(1_500);
    const { refunds, refunded } = await stripe.charges.retrieve(id, { expand: ['refunds'] });
    expect([refunded, refunds?.data.length]).toEqual([true, 2]);
    expect(await failure(stripe.refunds.create({ charge: id }))).toMatchObject({
      code: 'charge_already_refunded',
    });
    expect((await types()).filter((type) => type.includes('refund'))).toEqual([
      ...['refund.created', 'charge.refunded', 'refund.created', 'charge.refunded'],
    ]);
  });

  it('takes a failed refund back', async () => {
    const id = await paidCharge();
    await control(emulator, 'refunds', { begin: 'pending' });
    const refund = await stripe.refunds.create({ charge: id });
    expect(refund.status).toBe('pending');
    await control(emulator, `refunds/${refund.id}/fail`);
    expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({
      status: 'failed',
      failure_reason: expect.any(String),
    });
    expect(await stripe.charges.retrieve(id)).toMatchObject({ amount_refunded: 0, refunded: false });
    expect((await types()).slice(-3)).toEqual(['refund.updated', 'charge.refund.updated', 'refund.failed']);
  });

  it('lets a pending refund succeed', async () => {
    const id = await paidCharge();
    await control(emulator, 'refunds', { begin: 'pending' });
    const refund = await stripe.refunds.create({ charge: id });
    await control(emulator, `refunds/${refund.id}/succeed`);
    expect((await stripe.refunds.update(refund.id, { metadata: { a: 'b' } })).metadata).toEqual({ a: 'b' });
    expect((await stripe.refunds.list({ charge: id })).data[0]?.status).toBe('succeeded');
  });

  it('takes the money of a disputed charge, and gives it back when the dispute is won', async () => {
    const id = await paidCharge();
    const dispute = await control<Stripe.Dispute>(emulator, `charges/${id}/dispute`, {
      reason: 'product_not_received',
    });
    expect(dispute).toMatchObject({ status: 'needs_response', amount: 2_000, charge: id });
    expect((await stripe.charges.retrieve(id)).disputed).toBe(true);
    expect(await failure(stripe.refunds.create({ charge: id }))).toMatchObject({ code: 'charge_disputed' });
    const answered = await stripe.disputes.update(dispute.id, {
      evidence: { uncategorized_text: 'sent' },
      submit: true,
    });
    expect(answered.status).toBe('under_review');
    await control(emulator, `disputes/${dispute.id}/close`, { won: true });
    const won = await stripe.disputes.retrieve(dispute.id, { expand: ['charge'] });
    expect(won).toMatchObject({ status: 'won', charge: { id } });
    expect(won.balance_transactions.map(({ amount }) => amount)).toEqual([-2_000, 2_000]);
    expect((await types()).filter((type) => type.startsWith('charge.dispute'))).toEqual([
      'charge.dispute.created',
      'charge.dispute.funds_withdrawn',
      'charge.dispute.updated',
      'charge.dispute.funds_reinstated',
      'charge.dispute.closed',
    ]);
  });

  it('takes no money for an inquiry, which a refund can answer', async () => {
    const id = await paidCharge();
    const inquiry = await control<Stripe.Dispute>(emulator, `charges/${id}/dispute`, { inquiry: true });
    expect(inquiry).toMatchObject({ status: 'warning_needs_response', balance_transactions: [] });
    await stripe.refunds.create({ charge: id });
    await control(emulator, `disputes/${inquiry.id}/close`, { won: true });
    expect((await stripe.disputes.retrieve(inquiry.id)).status).toBe('warning_closed');
    expect(await types()).not.toContain('charge.dispute.funds_withdrawn');
  });

  it('loses a dispute that the merchant accepts', async () => {
    const dispute = await control<Stripe.Dispute>(emulator, `charges/${await paidCharge()}/dispute`);
    expect((await stripe.disputes.close(dispute.id)).status).toBe('lost');
    await expect(control(emulator, `disputes/${dispute.id}/close`, { won: true })).rejects.toThrow('closed');
  });

  it('keeps customers and forgets the deleted', async () => {
    const { id } = await stripe.customers.create({
      email: 'a@example.com',
      metadata: { userId: '1', old: 'x' },
    });
    const updated = await stripe.customers.update(id, { name: 'Anna', metadata: { old: '' } });
    expect(updated).toMatchObject({ name: 'Anna', email: 'a@example.com', metadata: { userId: '1' } });
    expect((await stripe.customers.list({ email: 'a@example.com' })).data).toHaveLength(1);
    expect(await stripe.customers.del(id)).toEqual(expect.objectContaining({ id, deleted: true }));
    expect(await stripe.customers.retrieve(id)).toMatchObject({ id, deleted: true });
    expect(await failure(stripe.customers.update(id, { name: 'x' }))).toMatchObject({
      code: 'resource_missing',
    });
  });

  it('knows its account', async () => {
    expect(await stripe.accounts.retrieveCurrent()).toMatchObject({
      object: 'account',
      charges_enabled: true,
    });
  });
});
