import { createServer, type Server } from 'node:net';
import { type RunningTestCluster, startTestCluster } from './cluster';

interface Lazy {
  server: Server;
  started: Promise<RunningTestCluster> | undefined;
}

declare global {
  // Jest's set-up and tear-down share nothing else.
  var inbriefTestPostgres: Lazy | undefined;
}

/**
 * Jest's global set-up: opens a loopback port at which a worker asks for the cluster. The first to ask has it started,
 * so a run of unit specs alone never pays for it.
 */
export default async function setUp(): Promise<void> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    lazy.started ??= startTestCluster();
    lazy.started.then(
      ({ cluster }) => socket.end(JSON.stringify({ cluster })),
      (error: unknown) => socket.end(JSON.stringify({ error: String(error) })),
    );
  });
  const lazy: Lazy = { server, started: undefined };
  globalThis.inbriefTestPostgres = lazy;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  const address = server.address();
  process.env.INBRIEF_TEST_POSTGRES_PORT = String(typeof address === 'object' && address ? address.port : '');
}
