import './postgres.global';

/** Jest's global tear-down: stops the cluster if any spec asked for it; its data goes with it. */
export default async function tearDown(): Promise<void> {
  const lazy = globalThis.inbriefTestPostgres;
  lazy?.server.close();
  const started = await lazy?.started?.catch(() => undefined);
  await started?.stop();
}
