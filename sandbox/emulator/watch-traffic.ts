import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
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
  const check = (request: FastifyRequest, status: number, answer: unknown): void => {
    checked += 1;
    const path = request.url.split('?')[0] ?? '';
    const found = spec.answerFaults(request.method, path, status, answer);
    if (status < 300) found.push(...spec.requestFaults(request.method, path, readBody(request)));
    faults.push(...found.map((fault) => `${request.method} ${path} ${status}: ${fault}`));
  };
  const routes: EmulatorDefinition['routes'] = async (app, frame) => {
    app.addHook('onSend', (request, reply, payload, done) => {
      const type = String(reply.getHeader('content-type'));
      // Descriptions leave a server's own failures out.
      const isDescribed = request.url.startsWith('/v1/') && reply.statusCode < 500;
      if (isDescribed && type.startsWith('application/json') && typeof payload === 'string')
        check(request, reply.statusCode, JSON.parse(payload));
      const lines = isDescribed && type.startsWith('application/x-jsonl') && payload instanceof Readable;
      done(
        null,
        lines ? payload.map(checkedLine((line) => check(request, reply.statusCode, line))) : payload,
      );
    });
    await definition.routes(app, frame);
  };
  return { definition: { ...definition, routes }, faults, checked: () => checked };
}

/** A file of lines is described line by line. */
function checkedLine(check: (line: unknown) => void): (line: unknown) => unknown {
  return (line) => {
    check(JSON.parse(String(line)));
    return line;
  };
}
