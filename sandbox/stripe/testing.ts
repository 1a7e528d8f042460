import Stripe from 'stripe';
import { type RunningEmulator } from '../emulator/emulator';

/** The vendor's own SDK, pointed at a running emulator, with its retries off. */
export function sdkFor(emulator: RunningEmulator, key = 'sk_test_sandbox'): Stripe {
  const { hostname, port } = new URL(emulator.url);
  return new Stripe(key, { host: hostname, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false });
}

/** Calls the control endpoint and answers its JSON. Throws when it refuses. */
export async function control<T = unknown>(
  emulator: RunningEmulator,
  path: string,
  body: object = {},
): Promise<T> {
  const response = await fetch(`${emulator.url}/__control/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

/** A purchase as the application makes it. */
export const purchase: Stripe.Checkout.SessionCreateParams = {
  mode: 'payment',
  success_url: 'http://localhost:3000/paid?session={CHECKOUT_SESSION_ID}',
  cancel_url: 'http://localhost:3000/cancelled',
  line_items: [
    {
      quantity: 1,
      price_data: { currency: 'usd', unit_amount: 1_500, product_data: { name: '500 credits' } },
    },
  ],
  metadata: { userId: 'user-1', package: 'starter' },
  payment_intent_data: { metadata: { userId: 'user-1' } },
};
