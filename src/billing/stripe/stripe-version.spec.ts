import Stripe from 'stripe';
import { stripeApiVersion } from '../domain/stripe-endpoint';

describe('the version of Stripe’s API', () => {
  // Catches: an SDK that was upgraded while the endpoint's expected version stayed; doctor would praise the old one.
  it('is the one that the SDK is typed for', () => {
    expect(stripeApiVersion).toBe(Stripe.API_VERSION);
  });
});
