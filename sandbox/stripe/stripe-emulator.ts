import { type EmulatorDefinition } from '../emulator/emulator';
import { serveControl } from './control';
import { servePages } from './page/page-routes';
import { catalogueRoutes } from './routes/catalogue';
import { chargeRoutes } from './routes/charges';
import { checkoutSessionRoutes } from './routes/checkout-sessions';
import { customerRoutes } from './routes/customers';
import { disputeRoutes } from './routes/disputes';
import { eventRoutes } from './routes/events';
import { paymentIntentRoutes } from './routes/payment-intents';
import { paymentMethodRoutes } from './routes/payment-methods';
import { refundRoutes } from './routes/refunds';
import { webhookEndpointRoutes } from './routes/webhook-endpoints';
import { serveRoutes } from './wire/pipeline';
import { type StripeOptions, StripeWorld } from './world';

/** The emulator of the Stripe API; `world` is its state, for tests in the same process. */
export interface StripeEmulator extends EmulatorDefinition {
  world: StripeWorld;
}

/**
 * Speaks the Stripe wire format: checkout with a page to pay on, payment intents, customers, refunds, disputes and
 * events, with signed webhooks, idempotency keys, expansion and pagination. Objects have the installed SDK's types.
 */
export function stripeEmulator(options: StripeOptions = {}): StripeEmulator {
  const world = new StripeWorld(options);
  const routes = [
    ...[checkoutSessionRoutes, paymentIntentRoutes, customerRoutes, paymentMethodRoutes, chargeRoutes],
    ...[refundRoutes, disputeRoutes, eventRoutes, webhookEndpointRoutes, catalogueRoutes],
  ].flat();
  return {
    name: 'stripe',
    world,
    routes: async (app) => {
      await serveControl(app, world);
      await servePages(app, world);
      await serveRoutes(app, world, routes);
    },
    state: () => world.snapshot(),
    reset: () => world.reset(),
  };
}
