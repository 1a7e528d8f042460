import { loadVendorSpec } from '../../sandbox/emulator/vendor-spec';
import { watchTraffic } from '../../sandbox/emulator/watch-traffic';
import { deviations } from '../../sandbox/stripe/deviations';
import type { StripeEmulator } from '../../sandbox/stripe/stripe-emulator';
import { parseForm } from '../../sandbox/stripe/wire/form';

/** Stripe's published description; undefined where `../shared/specs` is absent. */
export const stripeSpec = loadVendorSpec('stripe/openapi-2023-08-16.json');

const readBody = ({ url, body }: { url: string; body: unknown }): unknown =>
  parseForm(typeof body === 'string' ? body : (url.split('?')[1] ?? ''));

export interface WatchedStripe {
  definition: StripeEmulator;
  /** What of the traffic did not fit the description, known deviations left out. */
  faults(): string[];
  /** Calls that were checked. */
  checked(): number;
}

/** Holds every request and answer against Stripe's description; where it is absent, nothing is checked. */
export function watchStripe(bare: StripeEmulator): WatchedStripe {
  if (!stripeSpec) return { definition: bare, faults: () => [], checked: () => 0 };
  const { definition, faults, checked } = watchTraffic(bare, stripeSpec, readBody);
  const isKnown = (fault: string): boolean => deviations.some(({ pattern }) => pattern.test(fault));
  return { definition, faults: () => faults.filter((fault) => !isKnown(fault)), checked };
}
