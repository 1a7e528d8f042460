import { type StripeWorld } from '../world';
import { type Params } from './params';

/** One call as a handler sees it. */
export interface Call {
  world: StripeWorld;
  params: Params;
  /** The object that the path names; empty for paths that name none. */
  id: string;
  /** Where this emulator was called. */
  baseUrl: string;
}

/** One operation of the API: what it takes and what it answers. Handlers are synchronous, so each is atomic. */
export interface Route {
  method: 'GET' | 'POST' | 'DELETE';
  url: string;
  /** Top-level parameters; any other is refused as the vendor does. */
  accepts: readonly string[];
  handle(call: Call): object;
}

/** Parameters that the installed SDK's type `P` knows; with `satisfies`, any other does not compile. */
export type Names<P> = readonly (keyof P & string)[];
