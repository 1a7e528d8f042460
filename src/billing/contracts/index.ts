export * from './administration';
export * from './commands';
export * from './events';
export * from './queries';
export { handledEvents, stripeApiVersion } from '../domain/stripe-endpoint';
