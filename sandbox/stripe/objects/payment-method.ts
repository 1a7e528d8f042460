import type Stripe from 'stripe';
import { newId } from '../store';

/** What a payment method will do when it is charged. */
export type Behaviour =
  'succeeds' | 'declined' | 'insufficient_funds' | 'expired_card' | 'authentication_required' | 'delayed';

/** The vendor's test payment methods that the emulator knows, by the token that names them. */
export const testPaymentMethods: Record<string, { brand: string; last4: string; behaviour: Behaviour }> = {
  pm_card_visa: { brand: 'visa', last4: '4242', behaviour: 'succeeds' },
  pm_card_mastercard: { brand: 'mastercard', last4: '4444', behaviour: 'succeeds' },
  pm_card_chargeDeclined: { brand: 'visa', last4: '0002', behaviour: 'declined' },
  pm_card_visa_chargeDeclined: { brand: 'visa', last4: '0002', behaviour: 'declined' },
  pm_card_chargeCustomerFail: { brand: 'visa', last4: '0341', behaviour: 'declined' },
  pm_card_chargeDeclinedInsufficientFunds: { brand: 'visa', last4: '9995', behaviour: 'insufficient_funds' },
  pm_card_chargeDeclinedExpiredCard: { brand: 'visa', last4: '0069', behaviour: 'expired_card' },
  pm_card_authenticationRequired: { brand: 'visa', last4: '3184', behaviour: 'authentication_required' },
  pm_sepa_debit: { brand: 'sepa_debit', last4: '3000', behaviour: 'delayed' },
};

export const emptyBilling: Stripe.PaymentMethod.BillingDetails = {
  address: null,
  email: null,
  name: null,
  phone: null,
  tax_id: null,
};

/** A card, or a SEPA debit where the money comes days later. */
export function newPaymentMethod(
  looks: { brand: string; last4: string },
  created: number,
  livemode: boolean,
): Stripe.PaymentMethod {
  const common = {
    id: newId('pm'),
    object: 'payment_method' as const,
    allow_redisplay: 'unspecified' as const,
    billing_details: { ...emptyBilling },
    created,
    customer: null,
    customer_account: null,
    livemode,
    metadata: {},
  };
  if (looks.brand === 'sepa_debit') {
    const sepa_debit = {
      bank_code: '37040044',
      branch_code: null,
      country: 'DE',
      fingerprint: newId('fp').slice(3, 19),
      generated_from: { charge: null, setup_attempt: null },
      last4: looks.last4,
    };
    return { ...common, type: 'sepa_debit', sepa_debit };
  }
  return { ...common, type: 'card', card: card(looks) };
}

function card({ brand, last4 }: { brand: string; last4: string }): Stripe.PaymentMethod.Card {
  return {
    brand,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
    country: 'US',
    display_brand: brand,
    exp_month: 12,
    exp_year: 2034,
    fingerprint: newId('fp').slice(3, 19),
    funding: 'credit',
    generated_from: null,
    last4,
    networks: { available: [brand], preferred: null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: true },
    wallet: null,
  };
}
