import type Stripe from 'stripe';
import { newId } from '../store';

/** A price as it travels: the SDK makes a `Decimal` of `unit_amount_decimal` only after it has read it. */
export type WirePrice = Omit<Stripe.Price, 'unit_amount_decimal'> & { unit_amount_decimal: string | null };

export function newProduct(
  details: { name: string; description: string | null; metadata: Record<string, string> },
  created: number,
  livemode: boolean,
): Stripe.Product {
  return {
    id: newId('prod'),
    object: 'product',
    active: true,
    created,
    default_price: null,
    description: details.description,
    images: [],
    livemode,
    marketing_features: [],
    metadata: details.metadata,
    name: details.name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: 'service',
    unit_label: null,
    updated: created,
    url: null,
  };
}

/** A one-time price; `unitAmount` is in minor currency units. */
export function newPrice(
  details: { product: string; currency: string; unitAmount: number; metadata: Record<string, string> },
  created: number,
  livemode: boolean,
): WirePrice {
  return {
    id: newId('price'),
    object: 'price',
    active: true,
    billing_scheme: 'per_unit',
    created,
    currency: details.currency,
    custom_unit_amount: null,
    livemode,
    lookup_key: null,
    metadata: details.metadata,
    nickname: null,
    product: details.product,
    recurring: null,
    tax_behavior: 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: 'one_time',
    unit_amount: details.unitAmount,
    unit_amount_decimal: String(details.unitAmount),
  };
}
