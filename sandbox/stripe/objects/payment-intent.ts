import type Stripe from 'stripe';
import { newId } from '../store';

/** What a payment intent starts with; amounts are in minor currency units. */
export interface IntentSeed {
  amount: number;
  currency: string;
  customer: string | null;
  description: string | null;
  metadata: Record<string, string>;
  allowedPaymentMethodTypes: string[] | null;
  paymentMethodTypes: string[];
  automatic: Stripe.PaymentIntent.AutomaticPaymentMethods | null;
  setupFutureUsage: Stripe.PaymentIntent.SetupFutureUsage | null;
  receiptEmail: string | null;
}

export function newPaymentIntent(seed: IntentSeed, created: number, livemode: boolean): Stripe.PaymentIntent {
  const id = newId('pi');
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: seed.allowedPaymentMethodTypes,
    amount: seed.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: seed.automatic,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic_async',
    client_secret: `${id}_secret_${newId('x').slice(2)}`,
    confirmation_method: 'automatic',
    created,
    currency: seed.currency,
    customer: seed.customer,
    customer_account: null,
    description: seed.description,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode,
    managed_payments: { enabled: false },
    metadata: seed.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' },
    },
    payment_method_types: seed.paymentMethodTypes,
    payment_record: null,
    processing: null,
    receipt_email: seed.receiptEmail,
    review: null,
    setup_future_usage: seed.setupFutureUsage,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
  };
}
