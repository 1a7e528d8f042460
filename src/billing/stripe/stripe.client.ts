import { Injectable } from '@nestjs/common';
import Stripe from 'stripe';
import { EnvDto } from '../../kernel/config/env.dto';
import { DomainError } from '../../kernel/errors/domain-error';
import { measureUpstream } from '../../kernel/observability/instruments';
import { Metrics } from '../../kernel/observability/metrics';
import { upstreamDefaults } from '../../kernel/resilience/upstream-options';
import { UpstreamPolicy } from '../../kernel/resilience/upstream-policy';
import type { PaymentFacts } from '../domain/settlement';
import { idOf, paymentFacts } from './payment-facts';
import { parseStripeError } from './stripe-error';

/** What a Checkout session is made of; the same payment always makes the same one. */
export interface CheckoutOrder {
  paymentId: string;
  userId: string;
  packageId: string;
  credits: number;
  amountMinor: number;
  currency: string;
  successUrl: string;
  cancelUrl: string;
  expiresAt: Date;
  /** Asks the payer to let the card be charged again without them. */
  savePaymentMethod: boolean;
  keyGeneration: number;
}

/** A charge without the payer at hand. */
export interface OffSessionOrder {
  paymentId: string;
  userId: string;
  packageId: string;
  amountMinor: number;
  currency: string;
  customerId: string;
  paymentMethodId: string;
  keyGeneration: number;
}

/** An event in a list, ready to be stored like a delivered one. */
export type ListedEvent = Stripe.Event;

/** Every call to Stripe: one attempt each by the SDK, retried by our own policy, each create under a key of its payment. */
@Injectable()
export class StripeClient {
  private readonly sdk: Stripe | undefined;
  private readonly policy: UpstreamPolicy;

  constructor(env: EnvDto, metrics: Metrics) {
    const measured = { ...upstreamDefaults, ...measureUpstream(metrics) };
    this.policy = new UpstreamPolicy({ ...measured, upstream: 'stripe', parse: parseStripeError });
    if (!env.ENABLE_STRIPE || !env.STRIPE_SECRET_KEY) return;
    this.sdk = new Stripe(env.STRIPE_SECRET_KEY, {
      ...baseOf(env.STRIPE_API_BASE_URL),
      maxNetworkRetries: 0,
      timeout: upstreamDefaults.timeoutMs,
      telemetry: false,
    });
  }

  async createCheckout(order: CheckoutOrder): Promise<{ sessionId: string; url: string }> {
    const metadata = metadataOf(order);
    const session = await this.call('checkout.create', (stripe) =>
      stripe.checkout.sessions.create(
        {
          mode: 'payment',
          client_reference_id: order.paymentId,
          metadata,
          payment_intent_data: {
            metadata,
            ...(order.savePaymentMethod && { setup_future_usage: 'off_session' }),
          },
          ...(order.savePaymentMethod && { customer_creation: 'always' }),
          line_items: [
            {
              quantity: 1,
              price_data: {
                currency: order.currency,
                unit_amount: order.amountMinor,
                product_data: { name: `${order.credits} credits` },
              },
            },
          ],
          success_url: order.successUrl,
          cancel_url: order.cancelUrl,
          expires_at: Math.floor(order.expiresAt.getTime() / 1_000),
        },
        { idempotencyKey: `checkout-${order.paymentId}-${order.keyGeneration}` },
      ),
    );
    if (!session.url)
      throw new DomainError('internal', 'stripe.no-checkout-url', 'Stripe gave no page to pay on.');
    return { sessionId: session.id, url: session.url };
  }

  /** Charges a saved method. @throws DomainError `stripe.card-declined`, of which `declineOf` knows more. */
  async chargeOffSession(order: OffSessionOrder): Promise<string> {
    const intent = await this.call('intent.create', (stripe) =>
      stripe.paymentIntents.create(
        {
          amount: order.amountMinor,
          currency: order.currency,
          customer: order.customerId,
          payment_method: order.paymentMethodId,
          automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
          off_session: true,
          confirm: true,
          metadata: metadataOf(order),
        },
        { idempotencyKey: `top-up-${order.paymentId}-${order.keyGeneration}` },
      ),
    );
    return intent.id;
  }

  /** The intent that an earlier, unanswered charge of this payment made. */
  async findIntentOf(paymentId: string, customerId: string): Promise<string | undefined> {
    const intents = await this.call('intent.list', (stripe) =>
      stripe.paymentIntents.list({ customer: customerId, limit: 100 }),
    );
    return intents.data.find((intent) => intent.metadata.payment_id === paymentId)?.id;
  }

  /** The payment that an intent belongs to, by the metadata we gave it. */
  async paymentIdOf(intentId: string): Promise<string | undefined> {
    const intent = await this.call('intent.get', (stripe) => stripe.paymentIntents.retrieve(intentId));
    return intent.metadata.payment_id;
  }

  /** Everything Stripe knows of a payment at this moment. */
  async factsOf(sessionId: string | null, intentId: string | null): Promise<PaymentFacts> {
    const session =
      sessionId === null
        ? null
        : await this.call('checkout.get', (stripe) => stripe.checkout.sessions.retrieve(sessionId));
    const payment_intent = idOf(session?.payment_intent) ?? intentId;
    if (!payment_intent) return paymentFacts(session, null, [], []);
    const [intent, refunds, disputes] = await Promise.all([
      this.call('intent.get', (stripe) => stripe.paymentIntents.retrieve(payment_intent)),
      this.call('refund.list', (stripe) => stripe.refunds.list({ payment_intent, limit: 100 })),
      this.call('dispute.list', (stripe) => stripe.disputes.list({ payment_intent, limit: 100 })),
    ]);
    return paymentFacts(session, intent, refunds.data, disputes.data);
  }

  /** Gives all the money of a payment back; once per `ref`, however often it is called. */
  async refund(paymentId: string, ref: string, paymentIntentId: string): Promise<void> {
    await this.call('refund.create', (stripe) =>
      stripe.refunds.create(
        {
          payment_intent: paymentIntentId,
          reason: 'requested_by_customer',
          metadata: { payment_id: paymentId },
        },
        { idempotencyKey: ref },
      ),
    );
  }

  /** A page of events, newest first, that happened at or after an instant. */
  async listEvents(
    since: Date,
    types: string[],
    after?: string,
  ): Promise<{ events: ListedEvent[]; more: boolean }> {
    const page = await this.call('event.list', (stripe) =>
      stripe.events.list({
        created: { gte: Math.floor(since.getTime() / 1_000) },
        types,
        limit: 100,
        ...(after !== undefined && { starting_after: after }),
      }),
    );
    return { events: page.data, more: page.has_more };
  }

  private call<T>(operation: string, work: (stripe: Stripe) => Promise<T>): Promise<T> {
    const { sdk } = this;
    if (!sdk) throw paymentsDisabled();
    return this.policy.run(operation, () => work(sdk));
  }
}

/** Buying is switched off in this installation. */
export function paymentsDisabled(): DomainError {
  return new DomainError('unavailable', 'billing.payments-disabled', 'Payments are switched off here.');
}

function metadataOf({
  paymentId,
  userId,
  packageId,
}: {
  paymentId: string;
  userId: string;
  packageId: string;
}) {
  return { payment_id: paymentId, user_id: userId, package_id: packageId };
}

function baseOf(url: string | undefined): Stripe.StripeConfig {
  if (url === undefined) return {};
  const { protocol, hostname, port } = new URL(url);
  return { protocol: protocol === 'http:' ? 'http' : 'https', host: hostname, port: port || undefined };
}
