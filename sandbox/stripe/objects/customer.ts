import type Stripe from 'stripe';
import { newId } from '../store';
import { type Params } from '../wire/params';
import { type Names } from '../wire/route';

/** Parameters of create and update that the emulator keeps. */
export const customerParameters = [
  'email',
  'name',
  'phone',
  'description',
  'metadata',
  'invoice_settings',
] satisfies Names<Stripe.CustomerCreateParams>;

/** A customer without anything but what was said. */
export function newCustomer(params: Params, created: number, livemode: boolean): Stripe.Customer {
  return {
    id: newId('cus'),
    object: 'customer',
    address: null,
    balance: 0,
    created,
    currency: null,
    default_source: null,
    delinquent: false,
    description: params.text('description') ?? null,
    discount: null,
    email: params.text('email') ?? null,
    invoice_prefix: newId('x').slice(2, 10).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: params.child('invoice_settings')?.text('default_payment_method') ?? null,
      footer: null,
      rendering_options: null,
    },
    livemode,
    metadata: params.metadata(),
    name: params.text('name') ?? null,
    next_invoice_sequence: 1,
    phone: params.text('phone') ?? null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  };
}
