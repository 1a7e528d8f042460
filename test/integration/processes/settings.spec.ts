import 'reflect-metadata';
import request from 'supertest';
import { until } from '../../../sandbox/demo/journey';
import { freePort } from '../../../sandbox/stack/ports';
import { EnvDto } from '../../../src/kernel/config/env.dto';
import { startTestApp, type TestApp } from '../../support/app';
import { type ProductProcess, startApiProcess, startWorkerProcess } from '../../support/worker-process';
import { arriveWithMails, rowsOf } from './process-world';

/** Milliseconds after which a changed setting must act everywhere. */
const soonMs = 5_000;

describe('a setting that an administrator changes at one API', () => {
  let product: TestApp;
  let other: ProductProcess;
  let worker: ProductProcess;
  let otherUrl: string;
  let token: string;
  beforeAll(async () => {
    product = await startTestApp({ worker: false, settings: { 'processing.enabled': false } });
    const port = await freePort();
    otherUrl = `http://127.0.0.1:${port}`;
    const env = product.app.get(EnvDto);
    other = startApiProcess(env, { variables: { PORT: String(port) } });
    worker = startWorkerProcess(env);
    await until(
      async () => (await fetch(`${otherUrl}/health/ready`).catch(() => undefined))?.ok === true,
      'the other API',
    );
    const account = { email: 'root@example.com', password: 'correct-horse-battery-staple', name: 'Root' };
    const { body } = await request(product.http).post('/api/auth/register').send(account).expect(201);
    await product.sql(`update users set role = 'admin' where id = $1`, [body.user.id]);
    token = (body as { tokens: { accessToken: string } }).tokens.accessToken;
  }, 110_000);
  afterAll(async () => {
    await Promise.all([other.kill(), worker.kill()]);
    await product.close();
  });

  /** Answers when it was set, in milliseconds since 1970. */
  async function set(key: string, value: unknown, expectedVersion: number): Promise<number> {
    const began = Date.now();
    await request(product.http)
      .put(`/api/admin/config/${key}`)
      .auth(token, { type: 'bearer' })
      .send({ value, expectedVersion, reason: 'a drill' })
      .expect(200);
    return began;
  }
  const noticeOf = async () =>
    ((await (await fetch(`${otherUrl}/api/status`)).json()) as { notice: { text: string } | null }).notice;

  // Mutants: `loop.start` gone from SystemConfig, so that only the process that was told knows; a poll of ten seconds.
  it('acts in another API process within five seconds', async () => {
    expect(await noticeOf()).toBeNull();
    const began = await set('service.notice', { text: 'Back soon.', level: 'outage' }, 0);
    await until(async () => (await noticeOf())?.text === 'Back soon.', 'the notice at the other API');
    expect(Date.now() - began).toBeLessThan(soonMs);
  });

  it('acts in a worker process within five seconds, there and back', async () => {
    const api = await arriveWithMails(product, ['One', 'Two']);
    // The worker takes no mail and no sync while it is told not to, but it delivers events.
    await until(async () => (await rowsOf(product, 'credit_lots')) > 0, 'the welcome credits');
    await api.post('/api/gmail/sync', {});
    const started = () => rowsOf(product, 'background_jobs where started_at is not null');
    await new Promise((wake) => setTimeout(wake, 2_000));
    expect(await started()).toBe(0);
    const began = await set('processing.enabled', true, 1);
    await until(async () => (await started()) === 1, 'the sync');
    expect(Date.now() - began).toBeLessThan(soonMs);
    const done = () => rowsOf(product, `processing_jobs where state = 'done'`);
    await until(async () => (await done()) === 2, 'both mails');
    await set('processing.enabled', false, 2);
    await new Promise((wake) => setTimeout(wake, soonMs));
    await api.post('/api/gmail/sync', {});
    await new Promise((wake) => setTimeout(wake, 2_000));
    expect(await started()).toBe(1);
  }, 60_000);
});
