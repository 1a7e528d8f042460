import Stripe from 'stripe';
import { type RunningEmulator, startEmulator } from '../../emulator/emulator';
import { stripeEmulator } from '../stripe-emulator';
import { control, purchase, sdkFor } from '../testing';
import { parseForm } from './form';

describe('parseForm', () => {
  it('reads nested fields and lists', () => {
    const body = 'a=1&b[c]=2&b[d][0][e]=3&b[d][1][e]=4&expand[]=x&expand[]=y.z&f=';
    expect(parseForm(body)).toEqual({
      a: '1',
      b: { c: '2', d: [{ e: '3' }, { e: '4' }] },
      expand: ['x', 'y.z'],
      f: '',
    });
  });

  it('decodes, and keeps away from prototypes', () => {
    expect(parseForm('a%5Bb%5D=c%26d+e')).toEqual({ a: { b: 'c&d e' } });
    expect(parseForm('__proto__[polluted]=1&a[__proto__][polluted]=1')).toEqual({});
    expect({}).not.toHaveProperty('polluted');
  });
});

describe('the wire', () => {
  const definition = stripeEmulator({ secretKeys: ['sk_test_sandbox'] });
  let emulator: RunningEmulator;
  let stripe: Stripe;
  const failure = async (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    );
  const customer = (idempotencyKey: string, email = 'a@example.com') =>
    stripe.customers.create({ email }, { idempotencyKey });

  beforeAll(async () => {
    emulator = await startEmulator(definition);
    stripe = sdkFor(emulator);
  });
  beforeEach(() => definition.reset());
  afterAll(() => emulator.close());

  it('lets nobody in without a known key', async () => {
    const stranger = sdkFor(emulator, 'sk_test_stranger');
    expect(await failure(stranger.customers.list())).toBeInstanceOf(Stripe.errors.StripeAuthenticationError);
    const response = await fetch(`${emulator.url}/v1/customers`);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
    const basic = { authorization: `Basic ${Buffer.from('sk_test_sandbox:').toString('base64')}` };
    expect((await fetch(`${emulator.url}/v1/customers`, { headers: basic })).status).toBe(200);
  });

  it('answers with a request id and the version that was asked for', async () => {
    const { lastResponse } = await stripe.customers.list();
    expect(lastResponse.requestId).toMatch(/^req_/);
    expect(lastResponse.headers['stripe-version']).toBe('2026-10-28.endive');
    const headers = { authorization: 'Bearer sk_test_sandbox', 'stripe-version': 'yesterday' };
    expect((await fetch(`${emulator.url}/v1/customers`, { headers })).status).toBe(400);
  });

  // Catches the mutant that runs the work again for a repeated key.
  it('answers a repeated call from memory', async () => {
    const first = await customer('key-1');
    const second = await customer('key-1');
    expect(second.id).toBe(first.id);
    expect(second.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect(first.lastResponse.headers['idempotent-replayed']).toBeUndefined();
    expect((await stripe.customers.list()).data).toHaveLength(1);
  });

  it('refuses a key with other parameters', async () => {
    await customer('key-1');
    const error = await failure(customer('key-1', 'b@example.com'));
    expect(error).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
    expect(error).toMatchObject({ statusCode: 400 });
  });

  it('refuses a key whose first call still runs', async () => {
    await control(emulator, 'latency', { ms: 500 });
    const results = await Promise.all(Array.from({ length: 5 }, () => failure(customer('key-1'))));
    expect(results.filter((result) => result === undefined)).toHaveLength(1);
    const refused = results.filter((result) => result !== undefined);
    for (const error of refused)
      expect(error).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
    await control(emulator, 'latency', { ms: 0 });
    expect((await customer('key-1')).lastResponse.headers['idempotent-replayed']).toBe('true');
  });

  it('repeats a declined card under its key, but frees the key of a call that never began', async () => {
    const charge = (payment_method: string) =>
      stripe.paymentIntents.create(
        { amount: 500, currency: 'usd', payment_method, confirm: true },
        { idempotencyKey: 'key-2' },
      );
    expect(await failure(charge('pm_nobody'))).toMatchObject({ statusCode: 400 });
    expect(await failure(charge('pm_card_chargeDeclined'))).toMatchObject({ statusCode: 402 });
    expect(await failure(charge('pm_card_chargeDeclined'))).toMatchObject({ statusCode: 402 });
    expect((await stripe.paymentIntents.list()).data).toHaveLength(1);
  });

  it('does the work of a call whose answer is lost, and tells it on the retry', async () => {
    // Twice: the SDK tries a closed connection once more even with its retries off.
    emulator.faults.add({ action: 'drop-after', method: 'POST', path: '^/v1/checkout/sessions$', times: 2 });
    const create = () => stripe.checkout.sessions.create(purchase, { idempotencyKey: 'key-3' });
    expect(await failure(create())).toBeInstanceOf(Stripe.errors.StripeConnectionError);
    const { id } = await create();
    expect((await stripe.checkout.sessions.list()).data.map((session) => session.id)).toEqual([id]);
  });

  it('pages through lists in both directions', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 7; index += 1)
      ids.unshift((await stripe.customers.create({ name: `${index}` })).id);
    const listed: string[] = [];
    for await (const { id } of stripe.customers.list({ limit: 3 })) listed.push(id);
    expect(listed).toEqual(ids);
    const before = await stripe.customers.list({ limit: 2, ending_before: ids[4] });
    expect(before.data.map(({ id }) => id)).toEqual(ids.slice(2, 4));
    expect(before.has_more).toBe(true);
    expect(await failure(stripe.customers.list({ limit: 101 }))).toMatchObject({ param: 'limit' });
    expect(await failure(stripe.customers.list({ starting_after: 'cus_x' }))).toMatchObject({
      statusCode: 400,
    });
  });

  it('expands lists and refuses what cannot be expanded', async () => {
    await stripe.checkout.sessions.create(purchase);
    const { data } = await stripe.checkout.sessions.list({ expand: ['data.line_items.data.price.product'] });
    expect(data[0]?.line_items?.data[0]?.price?.product).toMatchObject({
      object: 'product',
      name: '500 credits',
    });
    const error = await failure(stripe.checkout.sessions.list({ expand: ['data.nonsense'] }));
    expect(error).toMatchObject({ statusCode: 400, param: 'expand' });
  });

  it('answers 404 as the SDK expects it', async () => {
    expect(await failure(stripe.charges.retrieve('ch_none'))).toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
      message: "No such charge: 'ch_none'",
    });
    const headers = { authorization: 'Bearer sk_test_sandbox' };
    expect((await fetch(`${emulator.url}/v1/nothing`, { headers })).status).toBe(404);
  });
});
