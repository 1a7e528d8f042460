import type Stripe from 'stripe';
import { newId } from '../store';
import { type WirePrice } from './product';

export type WireLineItem = Omit<Stripe.LineItem, 'price'> & { price: WirePrice };

/** What a session starts with; amounts are in minor currency units, times in seconds. */
export interface SessionSeed {
  amount: number;
  currency: string;
  cancelUrl: string | null;
  successUrl: string;
  clientReferenceId: string | null;
  customer: string | null;
  customerCreation: Stripe.Checkout.Session.CustomerCreation | null;
  customerEmail: string | null;
  expiresAt: number;
  metadata: Record<string, string>;
  allowedPaymentMethodTypes: string[] | null;
  paymentMethodTypes: string[];
  pageUrl: (id: string) => string;
}

/** An open session in payment mode; its payment intent is made when somebody pays. */
export function newSession(seed: SessionSeed, created: number, livemode: boolean): Stripe.Checkout.Session {
  const id = `cs_${livemode ? 'live' : 'test'}_a1${newId('x').slice(2)}${newId('x').slice(2)}`;
  return {
    id,
    object: 'checkout.session',
    adaptive_pricing: null,
    after_expiration: null,
    allow_promotion_codes: null,
    allowed_payment_method_types: seed.allowedPaymentMethodTypes,
    amount_subtotal: seed.amount,
    amount_total: seed.amount,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: null,
    cancel_url: seed.cancelUrl,
    client_reference_id: seed.clientReferenceId,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created,
    currency: seed.currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
    },
    customer: seed.customer,
    customer_account: null,
    customer_creation: seed.customerCreation,
    customer_details: null,
    customer_email: seed.customerEmail,
    discounts: [],
    expires_at: seed.expiresAt,
    integration_identifier: null,
    invoice: null,
    invoice_creation: null,
    livemode,
    locale: null,
    managed_payments: { enabled: false },
    metadata: seed.metadata,
    mode: 'payment',
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: 'if_required',
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: seed.paymentMethodTypes,
    payment_status: 'unpaid',
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    submit_type: null,
    subscription: null,
    success_url: seed.successUrl,
    tax_id_collection: { enabled: false, required: 'never' },
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: 'hosted_page',
    url: seed.pageUrl(id),
    wallet_options: null,
  };
}

export function newLineItem(price: WirePrice, description: string, quantity: number): WireLineItem {
  const amount = (price.unit_amount ?? 0) * quantity;
  return {
    id: newId('li'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: price.currency,
    description,
    metadata: null,
    price,
    quantity,
  };
}
