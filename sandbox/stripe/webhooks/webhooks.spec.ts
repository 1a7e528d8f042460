import type Stripe from 'stripe';
import { type RunningEmulator, startEmulator } from '../../emulator/emulator';
import { stripeEmulator } from '../stripe-emulator';
import { control, purchase, Receiver, sdkFor } from '../testing';

const secret = 'whsec_of_the_test';

describe('webhooks', () => {
  const definition = stripeEmulator({ retryAfterMs: [20, 20] });
  let emulator: RunningEmulator;
  let receiver: Receiver;
  let stripe: Stripe;
  const buy = async (): Promise<string> => {
    const { id } = await stripe.checkout.sessions.create(purchase);
    await control(emulator, `sessions/${id}/pay`);
    return id;
  };
  const listen = (enabledEvents = ['checkout.session.completed'], secrets = [secret]) =>
    control<{ id: string }>(emulator, 'webhook_endpoints', { url: receiver.url, secrets, enabledEvents });
  const policy = (more: object) => control(emulator, 'deliveries', more);
  const pause = (ms: number) => new Promise((wake) => setTimeout(wake, ms));
  const undelivered = async () => (await stripe.events.list({ delivery_success: false })).data;

  beforeAll(async () => {
    emulator = await startEmulator(definition);
    stripe = sdkFor(emulator);
  });
  beforeEach(async () => {
    definition.reset();
    receiver = await Receiver.start();
  });
  afterEach(() => receiver.close());
  afterAll(() => emulator.close());

  it('signs what it sends, as the SDK checks it', async () => {
    await listen();
    const id = await buy();
    await receiver.count(1);
    const { body, signature } = receiver.received[0]!;
    const event = stripe.webhooks.constructEvent(body, signature, secret);
    expect(event).toMatchObject({ type: 'checkout.session.completed', livemode: false, pending_webhooks: 1 });
    expect(event.api_version).toBe('2026-10-28.endive');
    expect(event.data.object).toMatchObject({ id, payment_status: 'paid' });
    expect(() => stripe.webhooks.constructEvent(`${body} `, signature, secret)).toThrow();
    expect(() => stripe.webhooks.constructEvent(body, signature, 'whsec_wrong')).toThrow();
  });

  it('signs with both secrets while an endpoint rotates', async () => {
    const { id } = await listen();
    await control(emulator, `webhook_endpoints/${id}/rotate`, { secret: 'whsec_new' });
    await buy();
    await receiver.count(1);
    const { body, signature } = receiver.received[0]!;
    for (const either of [secret, 'whsec_new']) {
      expect(stripe.webhooks.constructEvent(body, signature, either).object).toBe('event');
    }
  });

  it('sends only what an endpoint listens to', async () => {
    await listen(['charge.succeeded', 'payment_intent.succeeded']);
    await buy();
    await receiver.count(2);
    await pause(30);
    expect(receiver.types().sort()).toEqual(['charge.succeeded', 'payment_intent.succeeded']);
  });

  it('counts pending webhooks down and lists what did not arrive', async () => {
    await listen();
    receiver.status = 500;
    await buy();
    await receiver.count(3);
    await pause(40);
    expect(receiver.received).toHaveLength(3);
    const [failed] = await undelivered();
    expect(failed).toMatchObject({ type: 'checkout.session.completed', pending_webhooks: 1 });
    receiver.status = 200;
    await control(emulator, `events/${failed?.id ?? ''}/redeliver`);
    await receiver.count(4);
    await pause(20);
    expect(await undelivered()).toEqual([]);
  });

  it('retries until the endpoint takes it', async () => {
    await listen();
    receiver.status = 503;
    await buy();
    await receiver.count(1);
    receiver.status = 200;
    await receiver.count(2);
    expect(receiver.received[0]?.event.id).toBe(receiver.received[1]?.event.id);
  });

  it('drops deliveries so that only a poller finds them', async () => {
    await listen();
    await policy({ mode: 'drop' });
    await buy();
    await pause(50);
    expect(receiver.received).toEqual([]);
    expect((await undelivered()).map(({ type }) => type)).toEqual(['checkout.session.completed']);
  });

  it('loses deliveries although it believes that they arrived', async () => {
    await listen();
    await policy({ mode: 'lose' });
    await buy();
    await pause(50);
    expect(receiver.received).toEqual([]);
    expect(await undelivered()).toEqual([]);
  });

  it('sends copies at once', async () => {
    await listen();
    await policy({ copies: 50 });
    await buy();
    await receiver.count(50);
    expect(new Set(receiver.received.map(({ event }) => event.id)).size).toBe(1);
  });

  it('holds deliveries and releases them backwards', async () => {
    await listen(['*']);
    await policy({ mode: 'hold' });
    await buy();
    await pause(30);
    expect(receiver.received).toEqual([]);
    expect(await control(emulator, 'deliveries/release', { order: 'lifo' })).toEqual({ released: 4 });
    await receiver.count(4);
    expect(receiver.types()[0]).toBe('checkout.session.completed');
  });

  it('shuffles deliveries within a time', async () => {
    await listen(['*']);
    await policy({ shuffleMs: 40 });
    for (let count = 0; count < 5; count += 1) await buy();
    await receiver.count(20);
    const inOrder = (await stripe.events.list({ limit: 100 })).data.map(({ id }) => id).reverse();
    expect(receiver.received.map(({ event }) => event.id)).not.toEqual(inOrder);
  });

  it('sends forged, stale and foreign events, which an application has to refuse', async () => {
    await listen(['*']);
    const check = (index: number) => {
      const { body, signature } = receiver.received[index]!;
      return stripe.webhooks.constructEvent(body, signature, secret);
    };
    await policy({ forged: true });
    await control(emulator, 'events', { type: 'charge.succeeded' });
    await receiver.count(1);
    expect(() => check(0)).toThrow('No signatures found');
    await policy({ forged: false, signedAgoSeconds: 400 });
    await control(emulator, 'events', { type: 'charge.succeeded' });
    await receiver.count(2);
    expect(() => check(1)).toThrow('Timestamp outside the tolerance zone');
    await policy({ signedAgoSeconds: 0 });
    await control(emulator, 'events', { type: 'some.unknown_thing', livemode: true, account: 'acct_other' });
    await receiver.count(3);
    expect(check(2)).toMatchObject({ type: 'some.unknown_thing', livemode: true, account: 'acct_other' });
  });

  it('tells the secret of an endpoint once', async () => {
    const made = await stripe.webhookEndpoints.create({ url: receiver.url, enabled_events: ['*'] });
    expect(made.secret).toMatch(/^whsec_/);
    const [listed] = (await stripe.webhookEndpoints.list()).data;
    expect(listed).toMatchObject({ id: made.id, url: receiver.url, status: 'enabled' });
    expect(listed).not.toHaveProperty('secret');
    await stripe.webhookEndpoints.update(made.id, { disabled: true });
    await buy();
    await pause(30);
    expect(receiver.received).toEqual([]);
    await stripe.webhookEndpoints.del(made.id);
    expect((await stripe.webhookEndpoints.list()).data).toEqual([]);
  });

  it('lists events by type and time, page by page', async () => {
    await buy();
    await buy();
    const listed: string[] = [];
    for await (const event of stripe.events.list({
      limit: 1,
      types: ['charge.succeeded', 'payment_intent.created'],
    })) {
      listed.push(event.type);
    }
    expect(listed).toHaveLength(4);
    expect((await stripe.events.list({ type: 'charge.*' })).data).toHaveLength(2);
    const soon = Math.floor(Date.now() / 1_000) + 60;
    expect((await stripe.events.list({ created: { gte: soon } })).data).toEqual([]);
    const [latest] = (await stripe.events.list({ limit: 1 })).data;
    expect(await stripe.events.retrieve(latest?.id ?? '')).toMatchObject({
      type: 'checkout.session.completed',
    });
  });
});
