import 'reflect-metadata';
import { until } from '../../../sandbox/demo/journey';
import { freePort } from '../../../sandbox/stack/ports';
import { EnvDto } from '../../../src/kernel/config/env.dto';
import { startTestApp, type TestApp } from '../../support/app';
import { Wire } from '../../support/cut-off';
import { type ProductProcess, startApiProcess, startWorkerProcess } from '../../support/worker-process';

interface Probe {
  status: number;
  body: { status?: string; checks?: Record<string, string>; detail?: string };
}

describe('what an orchestrator sees of the processes', () => {
  let product: TestApp;
  let wire: Wire;
  let api: ProductProcess;
  let worker: ProductProcess;
  const urls: Record<'api' | 'worker', string> = { api: '', worker: '' };
  beforeAll(async () => {
    product = await startTestApp({ worker: false });
    const env = product.app.get(EnvDto);
    const opened = await Wire.to(env.DATABASE_URL);
    wire = opened.wire;
    const [port, workerPort] = [await freePort(), await freePort()];
    const variables = {
      DATABASE_URL: opened.url,
      QUEUE_DATABASE_URL: env.DATABASE_URL,
      PORT: String(port),
      WORKER_PORT: String(workerPort),
      SHUTDOWN_NOTICE_MS: '1500',
    };
    api = startApiProcess(env, { variables });
    worker = startWorkerProcess(env, { variables });
    Object.assign(urls, { api: `http://127.0.0.1:${port}`, worker: `http://127.0.0.1:${workerPort}` });
    for (const url of Object.values(urls)) await until(() => is(url, 'startup', 200), `${url} to start`);
  }, 110_000);
  afterAll(async () => {
    await Promise.all([api.kill(), worker.kill()]);
    wire.close();
    await product.close();
  });

  async function probe(url: string, name: 'live' | 'ready' | 'startup'): Promise<Probe> {
    const answer = await fetch(`${url}/health/${name}`);
    return { status: answer.status, body: (await answer.json()) as Probe['body'] };
  }
  const is = async (url: string, name: 'live' | 'ready' | 'startup', status: number): Promise<boolean> =>
    (await probe(url, name).catch(() => undefined))?.status === status;

  // Mutant: a probe that waits for Postgres as long as the pool does.
  it('a database that says nothing: not ready within two seconds, alive and started all the same; then ready again', async () => {
    for (const url of Object.values(urls)) expect((await probe(url, 'ready')).body.status).toBe('ok');
    wire.cut();
    await Promise.all(
      Object.values(urls).map(async (url) => {
        const begun = performance.now();
        const { status, body } = await probe(url, 'ready');
        expect(performance.now() - begun).toBeLessThan(2_000);
        expect({ status, detail: body.detail }).toEqual({
          status: 503,
          detail: expect.stringContaining('database'),
        });
        expect((await probe(url, 'live')).status).toBe(200);
        expect((await probe(url, 'startup')).status).toBe(200);
      }),
    );
    wire.mend();
    for (const url of Object.values(urls))
      await until(() => is(url, 'ready', 200), `${url} to be ready again`);
  }, 30_000);

  it('a migration that is missing: not ready, with the reason', async () => {
    const last = 'where migration_name = (select max(migration_name) from _prisma_migrations)';
    await product.sql(`update _prisma_migrations set finished_at = null ${last}`);
    for (const url of Object.values(urls))
      expect(await probe(url, 'ready')).toMatchObject({
        status: 503,
        body: { detail: expect.stringContaining('1 migration') },
      });
    await product.sql(`update _prisma_migrations set finished_at = now() ${last}`);
  });

  // Mutant: a stop that closes its doors at once.
  it('told to stop: not ready first, still answering what comes, then gone', async () => {
    const stopped = [api.stop()];
    await until(() => is(urls.api, 'ready', 503), 'the API to say so');
    expect((await probe(urls.api, 'ready')).body.detail).toContain('stopping');
    expect((await fetch(`${urls.api}/api/billing/packages`)).status).toBeLessThan(500);
    stopped.push(worker.stop());
    expect(await Promise.all(stopped)).toEqual([0, 0]);
  }, 30_000);
});
