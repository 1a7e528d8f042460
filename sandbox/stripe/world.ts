import type Stripe from 'stripe';
import { type Behaviour } from './objects/payment-method';
import { type WireLineItem } from './objects/checkout-session';
import { type WirePrice } from './objects/product';
import { Collection, newId } from './store';
import { Deliveries, expectArrivals } from './webhooks/deliveries';
import { type Endpoint, type EndpointSeed, listensTo, newEndpoint } from './webhooks/endpoint';
import { IdempotencyKeys } from './wire/idempotency';

/** How the emulator starts. */
export interface StripeOptions {
  /** What every object says of itself. Default false. */
  livemode?: boolean;
  /** Keys that are let in; without the option every key that looks like one is. */
  secretKeys?: string[];
  accountId?: string;
  webhookEndpoints?: EndpointSeed[];
  /** Waits between delivery attempts in milliseconds. Default 200, 1000, 5000. */
  retryAfterMs?: number[];
  /** The clock, in milliseconds. */
  now?: () => number;
}

/** The call that an event came from; null for what happened by itself. */
export type Cause = Stripe.EventBase['request'];

/** What an event may pretend: another mode, or the account of somebody else. */
export interface Disguise {
  livemode?: boolean;
  account?: string;
}

export const apiVersion = '2026-10-28.endive';

/** All state of the emulator, reachable in-process by tests. */
export class StripeWorld {
  readonly customers = new Collection<Stripe.Customer>('customer');
  readonly paymentMethods = new Collection<Stripe.PaymentMethod>('PaymentMethod');
  readonly intents = new Collection<Stripe.PaymentIntent>('payment_intent');
  readonly charges = new Collection<Stripe.Charge>('charge');
  readonly refunds = new Collection<Stripe.Refund>('refund');
  readonly disputes = new Collection<Stripe.Dispute>('dispute');
  readonly sessions = new Collection<Stripe.Checkout.Session>('checkout.session');
  readonly products = new Collection<Stripe.Product>('product');
  readonly prices = new Collection<WirePrice>('price');
  readonly balanceTransactions = new Collection<Stripe.BalanceTransaction>('balance transaction');
  readonly events = new Collection<Stripe.Event>('event');
  readonly endpoints = new Collection<Endpoint>('webhook endpoint');
  /** The lines of a session; its object shows them only when they are expanded. */
  readonly lineItems = new Map<string, WireLineItem[]>();
  /** The seed of the payment intent that a session will make. */
  readonly intentData = new Map<string, IntentData>();
  readonly behaviours = new Map<string, Behaviour>();
  /** A deleted customer can still be read, but only that it was deleted. */
  readonly deletedCustomers = new Map<string, Stripe.DeletedCustomer>();
  readonly idempotency = new IdempotencyKeys();
  readonly deliveries: Deliveries;
  readonly livemode: boolean;
  readonly accountId: string;
  private readonly timers = new Set<NodeJS.Timeout>();
  /** How refunds of cards begin; banks may take days. */
  refundsBegin: 'succeeded' | 'pending' = 'succeeded';
  latencyMs = 0;
  cause: Cause = null;

  constructor(readonly options: StripeOptions = {}) {
    this.livemode = options.livemode ?? false;
    this.accountId = options.accountId ?? 'acct_1InbriefSandbox0';
    this.deliveries = new Deliveries(options.retryAfterMs ?? [200, 1_000, 5_000], () => this.nowMs());
    this.reset();
  }

  reset(): void {
    for (const collection of this.collections()) collection.clear();
    for (const map of [this.lineItems, this.intentData, this.behaviours, this.deletedCustomers]) map.clear();
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.idempotency.clear();
    this.deliveries.reset();
    this.refundsBegin = 'succeeded';
    this.latencyMs = 0;
    for (const seed of this.options.webhookEndpoints ?? []) this.addEndpoint(seed);
  }

  nowMs(): number {
    return (this.options.now ?? Date.now)();
  }

  /** Seconds, as all of the vendor's timestamps are. */
  now(): number {
    return Math.floor(this.nowMs() / 1_000);
  }

  addEndpoint(seed: EndpointSeed, description?: string): Endpoint {
    const { livemode } = this;
    const details = { created: this.now(), livemode, apiVersion, description };
    return this.endpoints.add(newEndpoint(seed, details));
  }

  /** Does something later, unless the emulator is reset first. */
  after(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      work();
    }, ms).unref();
    this.timers.add(timer);
  }

  /** Records that something happened, with the object as it is now, and sends it to whoever listens. */
  emit(type: string, object: object, previous?: object, disguise: Disguise = {}): Stripe.Event {
    const data = { object: structuredClone(object), ...(previous ? { previous_attributes: previous } : {}) };
    const event = {
      id: newId('evt'),
      object: 'event',
      api_version: apiVersion,
      created: this.now(),
      data,
      livemode: this.livemode,
      pending_webhooks: 0,
      request: this.cause ?? { id: null, idempotency_key: null },
      type,
      ...disguise,
    } as unknown as Stripe.Event;
    this.events.add(event);
    const listeners = this.endpoints.all().filter((endpoint) => listensTo(endpoint, type));
    expectArrivals(event, listeners);
    for (const endpoint of listeners) this.deliveries.send({ event, endpoint });
    return event;
  }

  snapshot(): object {
    const { sessions, intents, charges, refunds, disputes, customers, events } = this;
    return {
      sessions: sessions.all(),
      paymentIntents: intents.all(),
      charges: charges.all(),
      refunds: refunds.all(),
      disputes: disputes.all(),
      customers: customers.all(),
      events: events.all().map(({ id, type, pending_webhooks }) => ({ id, type, pending_webhooks })),
      endpoints: this.endpoints.all().map(({ wire, secrets }) => ({ ...wire, secrets })),
      deliveries: this.deliveries.snapshot(),
      idempotencyKeys: this.idempotency.size,
    };
  }

  private collections(): { clear(): void }[] {
    const { customers, paymentMethods, intents, charges, refunds, disputes, sessions } = this;
    const { products, prices, balanceTransactions, events, endpoints } = this;
    return [
      ...[customers, paymentMethods, intents, charges, refunds, disputes, sessions],
      ...[products, prices, balanceTransactions, events, endpoints],
    ];
  }
}

/** What `payment_intent_data` of a session says about the intent to come. */
export interface IntentData {
  metadata: Record<string, string>;
  description: string | null;
  setupFutureUsage: Stripe.PaymentIntent.SetupFutureUsage | null;
  receiptEmail: string | null;
}
