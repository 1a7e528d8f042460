import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Fault, FaultScript } from './fault-script';

/** A running emulator: its base URL, the Fastify application for in-process tests, and its end. */
export interface RunningEmulator {
  name: string;
  url: string;
  app: FastifyInstance;
  faults: FaultScript;
  close(): Promise<void>;
}

/** What the frame lends to a vendor whose one request may carry several calls (a batch). */
export interface EmulatorFrame {
  faults: FaultScript;
  /** Writes a carried call into the journal, as if it had come alone. */
  record(entry: JournalEntry): void;
}

/** What one vendor's emulator brings: its routes, its state's snapshot and how to forget it. */
export interface EmulatorDefinition {
  name: string;
  routes(app: FastifyInstance, frame: EmulatorFrame): void | Promise<void>;
  /** JSON that `GET /__control/state` answers. */
  state(): unknown;
  /** Called by `POST /__control/reset` and before the first request. */
  reset(): void;
}

/** One request that reached the vendor's routes; `status` is absent while it runs or when its answer was lost. */
export interface JournalEntry {
  method: string;
  path: string;
  at: string;
  status?: number;
}

const journalLimit = 20_000;
const losesAnswer = new WeakSet<object>();

/**
 * Starts an emulator, on loopback unless told otherwise. Beside the vendor's own routes it serves the control endpoint:
 * `POST|GET|DELETE /__control/faults`, `GET|DELETE /__control/requests`, `GET /__control/state`, `POST /__control/reset`.
 * A port of 0 takes a free one.
 */
export async function startEmulator(
  definition: EmulatorDefinition,
  port = 0,
  host = '127.0.0.1',
): Promise<RunningEmulator> {
  const app = Fastify({
    bodyLimit: 50 * 1024 * 1024,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true },
  });
  const faults = new FaultScript();
  const journal: JournalEntry[] = [];
  const entries = new WeakMap<object, JournalEntry>();
  const record = (entry: JournalEntry): void => {
    journal.push(entry);
    if (journal.length > journalLimit) journal.shift();
  };

  app.addHook('onRequest', async (request, reply) => {
    if (request.url.startsWith('/__control')) return;
    const path = request.url.split('?')[0] ?? '';
    const entry: JournalEntry = { method: request.method, path, at: new Date().toISOString() };
    entries.set(request.raw, entry);
    record(entry);
    await applyBefore(faults.next(request.method, path), request, reply);
  });
  app.addHook('onSend', (request, _reply, payload, done) => {
    if (losesAnswer.has(request.raw)) request.raw.socket.destroy();
    done(null, payload);
  });
  app.addHook('onResponse', (request, reply, done) => {
    const entry = entries.get(request.raw);
    if (entry && !request.raw.socket.destroyed) entry.status = reply.statusCode;
    done();
  });

  serveControl(app, definition, faults, journal);
  definition.reset();
  await definition.routes(app, { faults, record });
  await app.listen({ port, host });
  const address = app.server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}`;
  return { name: definition.name, url, app, faults, close: () => app.close() };
}

function serveControl(
  app: FastifyInstance,
  definition: EmulatorDefinition,
  faults: FaultScript,
  journal: JournalEntry[],
): void {
  app.post('/__control/faults', (request, reply) => {
    const scripts = (Array.isArray(request.body) ? request.body : [request.body]) as Fault[];
    try {
      for (const script of scripts) faults.add(script);
    } catch (error) {
      return reply.code(400).send({ error: error instanceof Error ? error.message : 'unreadable fault' });
    }
    return reply.code(201).send({ active: faults.list().length });
  });
  app.get('/__control/faults', () => faults.list());
  app.delete('/__control/faults', () => {
    faults.clear();
    return { active: 0 };
  });
  app.get('/__control/requests', () => ({ count: journal.length, requests: journal }));
  app.delete('/__control/requests', () => {
    journal.length = 0;
    return { count: 0 };
  });
  app.get('/__control/state', () => definition.state());
  app.post('/__control/reset', () => {
    definition.reset();
    faults.clear();
    journal.length = 0;
    return { reset: true };
  });
}

async function applyBefore(
  fault: Fault | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  if (!fault) return;
  if (fault.delayMs) await wait(fault.delayMs);
  if (fault.action === 'drop') {
    // Hijacked, so that Fastify stops here: a dropped request must leave no trace in the vendor's state.
    reply.hijack();
    request.raw.socket.destroy();
  }
  if (fault.action === 'drop-after') losesAnswer.add(request.raw);
  if (fault.action === 'respond') {
    await reply
      .code(fault.status ?? 500)
      .headers(fault.headers ?? {})
      .send(fault.body ?? '');
  }
}

/** Waits without keeping the process alive: a test may end while a client has long given up. */
function wait(ms: number): Promise<void> {
  return new Promise((wake) => {
    setTimeout(wake, ms).unref();
  });
}
