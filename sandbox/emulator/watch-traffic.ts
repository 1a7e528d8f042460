import { type EmulatorDefinition } from './emulator';
import { type VendorSpec } from './vendor-spec';

/** A definition whose traffic is checked while it runs. */
export interface WatchedEmulator<T extends EmulatorDefinition> {
  definition: T;
  /** What did not fit so far, each line with its call. */
  faults: string[];
  /** How many calls were checked, so that a test cannot pass on silence. */
  checked(): number;
}

/**
 * Puts a vendor's description between an application and its emulator: every successful request must fit it, and so
 * must every answer. `readBody` makes the nested fields of a request, which the description is about.
 */
export function watchTraffic<T extends EmulatorDefinition>(
  definition: T,
  spec: VendorSpec,
  readBody: (raw: { url: string; body: unknown }) => unknown,
): WatchedEmulator<T> {
  const faults: string[] = [];
  let checked = 0;
  const routes: EmulatorDefinition['routes'] = async (app, frame) => {
    app.addHook('onSend', (request, reply, payload, done) => {
      const path = request.url.split('?')[0] ?? '';
      const isJson = String(reply.getHeader('content-type')).startsWith('application/json');
      // Descriptions leave a server's own failures out.
      if (path.startsWith('/v1/') && isJson && typeof payload === 'string' && reply.statusCode < 500) {
        checked += 1;
        const call = `${request.method} ${path} ${reply.statusCode}`;
        const found = spec.answerFaults(request.method, path, reply.statusCode, JSON.parse(payload));
        if (reply.statusCode < 300) {
          found.push(...spec.requestFaults(request.method, path, readBody(request)));
        }
        faults.push(...found.map((fault) => `${call}: ${fault}`));
      }
      done(null, payload);
    });
    await definition.routes(app, frame);
  };
  return { definition: { ...definition, routes }, faults, checked: () => checked };
}
