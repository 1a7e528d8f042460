import { get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { Api } from '../../../sandbox/demo/api';
import { signIn, until } from '../../../sandbox/demo/journey';
import { Inbrief, type JobChange } from '../../../sdk/src';
import { ChangeStreams } from '../../../src/jobs/stream-changes/change-streams';
import { Metrics } from '../../../src/kernel/observability/metrics';
import { startTestApp, type TestApp } from '../../support/app';
import { valueOf } from '../../support/metrics-text';
import { arrangeReader, type Reader } from '../../support/reader';
import { startSync } from '../../support/sdk-journey';

const mostStreams = 4;

describe('the stream of job changes', () => {
  let product: TestApp;
  const open: AbortController[] = [];
  beforeAll(async () => {
    product = await startTestApp({ env: { JOB_STREAMS_MAX: String(mostStreams) } });
  });
  afterEach(async () => {
    for (const listener of open.splice(0)) listener.abort();
    await until(async () => (await openStreams()) === 0, 'the streams to be closed');
  });
  afterAll(() => product.close());

  const openStreams = async () =>
    valueOf((await product.app.get(Metrics).expose()).text, 'inbrief_job_streams_open');

  /** Listens in the background; `ended` resolves when the stream will not come back. */
  function listen(token: string, after?: string) {
    const controller = new AbortController();
    open.push(controller);
    const seen: JobChange[] = [];
    const inbrief = new Inbrief({ baseUrl: product.url, apiKey: token, retry: { retries: 0 } });
    const ended = (async () => {
      for await (const change of inbrief.jobs.changes({ signal: controller.signal, ...(after && { after }) }))
        seen.push(change);
    })().catch((error: unknown) => error);
    return { seen, ended, stop: () => controller.abort() };
  }
  const opened = async (seen: JobChange[]) => {
    await until(() => Promise.resolve(seen.length > 0), 'the stream to open');
    return seen[0]?.id ?? '';
  };
  const finished = (seen: JobChange[]) =>
    seen.flatMap((change) => (change.type === 'job' && change.job.state === 'done' ? [change.job.id] : []));
  const settled = (seen: JobChange[]) => seen.some((change) => change.type === 'run' && change.run.settled);

  it('tells each mail on its way, the run to its end, and another user nothing', async () => {
    const [reader, other] = [await arrangeReader(product, 4), await arrangeReader(product, 0)];
    const [own, foreign] = [listen(reader.api.accessToken), listen(other.api.accessToken)];
    await Promise.all([opened(own.seen), opened(foreign.seen)]);
    const runId = await startSync(reader.inbrief);
    await until(() => Promise.resolve(settled(own.seen)), 'the run to be told as settled');
    expect(new Set(finished(own.seen)).size).toBe(4);
    const runs = own.seen.flatMap((change) => (change.type === 'run' ? [change.run] : []));
    expect(runs.at(-1)).toMatchObject({ id: runId, state: 'done', settled: true, mails: { done: 4 } });
    expect(foreign.seen.map(({ type }) => type)).toEqual(['open']);
  });

  // Mutant: a resumed stream that begins now: what happened in between is never told.
  it('goes on behind the last event that was seen, and tells what changed since once', async () => {
    const reader = await arrangeReader(product, 3);
    const first = listen(reader.api.accessToken);
    const last = await opened(first.seen);
    first.stop();
    await startSync(reader.inbrief);
    await until(async () => (await doneOf(reader)) === 3, 'the summaries');
    const second = listen(reader.api.accessToken, last);
    await until(() => Promise.resolve(settled(second.seen)), 'what was missed');
    expect(finished(second.seen)).toHaveLength(3);
    const third = listen(reader.api.accessToken, second.seen.at(-1)?.id);
    await opened(third.seen);
    await sleep(1_200);
    expect(third.seen.map(({ type }) => type)).toEqual(['open']);
  });

  // Mutant: without the bound of the oldest open transaction the stream passes a change that commits late.
  it('misses no change of a transaction that commits after a later one', async () => {
    const reader = await arrangeReader(product, 2);
    await startSync(reader.inbrief);
    await settledRun(reader);
    const jobs = await product.sql<{ id: string }>('select id from processing_jobs where user_id = $1', [
      reader.userId,
    ]);
    const { seen } = listen(reader.api.accessToken);
    await opened(seen);
    const slow = new Client({ connectionString: product.ownerUrl });
    await slow.connect();
    const touch = `update processing_jobs set reason_code = 'jobs.touched' where id = $1`;
    await slow.query('begin');
    await slow.query(touch, [jobs[0]?.id]);
    await product.sql(touch, [jobs[1]?.id]);
    await sleep(1_200);
    expect(seen.map(({ type }) => type)).toEqual(['open']);
    await slow.query('commit');
    await slow.end();
    await until(() => Promise.resolve(seen.length === 3), 'both changes');
    expect(seen.slice(1).map((change) => change.type === 'job' && change.job.id)).toEqual(
      jobs.map(({ id }) => id),
    );
  });

  // Mutant: a HEAD that opens a stream, and so ends the one that the session listens to.
  it('is not opened, nor ended, by who asks for its headers alone', async () => {
    const { api } = await arrangeReader(product, 0);
    const { seen } = listen(api.accessToken);
    await opened(seen);
    const answer = await fetch(`${product.url}/api/jobs/stream`, {
      method: 'HEAD',
      headers: { authorization: `Bearer ${api.accessToken}` },
    });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    await sleep(1_200);
    expect(seen.map(({ type }) => type)).toEqual(['open']);
    expect(await openStreams()).toBe(1);
  });

  it('tells more than fits into one round', async () => {
    const reader = await arrangeReader(product, 1);
    await startSync(reader.inbrief);
    await settledRun(reader);
    const { seen } = listen(reader.api.accessToken);
    await opened(seen);
    await product.sql(
      `insert into background_jobs (id, user_id, connection_id, kind, trigger, state, finished_at, settled_at)
       select gen_random_uuid(), user_id, id, 'mailbox-sync', 'user', 'done', now(), now()
       from gmail_connections, generate_series(1, 450) where user_id = $1`,
      [reader.userId],
    );
    await until(() => Promise.resolve(seen.length >= 451), 'all runs');
    expect(new Set(seen.flatMap((change) => (change.type === 'run' ? [change.run.id] : []))).size).toBe(450);
    expect(seen).toHaveLength(451);
  });

  // Mutants: a session with two streams; a stream that ends those of other sessions of its user.
  it('is one for a session: a second one ends the first, and none of another session', async () => {
    const reader = await arrangeReader(product, 0);
    const elsewhere = listen(await tokenOfAnotherSession(reader));
    const first = listen(reader.api.accessToken);
    await Promise.all([opened(elsewhere.seen), opened(first.seen)]);
    const second = listen(reader.api.accessToken);
    expect(await first.ended).toBeUndefined();
    await opened(second.seen);
    expect(await openStreams()).toBe(2);
  });

  // Mutant: streams whose session is asked for at their opening alone.
  it('ends with its session, and with its account', async () => {
    const reader = await arrangeReader(product, 0);
    const [byUser, suspended] = [listen(reader.api.accessToken), await arrangeReader(product, 0)];
    const byAdmin = listen(suspended.api.accessToken);
    await Promise.all([opened(byUser.seen), opened(byAdmin.seen)]);
    await product.app.get(ChangeStreams).beatAll();
    expect(await openStreams()).toBe(2);
    await reader.inbrief.auth.logout();
    await product.sql(`update users set status = 'suspended' where id = $1`, [suspended.userId]);
    await product.app.get(ChangeStreams).beatAll();
    expect(await Promise.all([byUser.ended, byAdmin.ended])).toEqual([undefined, undefined]);
  });

  it('refuses an id that it did not give, and tells whoever finds no room when to come back', async () => {
    const readers = [];
    for (let n = 0; n <= mostStreams; n += 1) readers.push(await arrangeReader(product, 0));
    const [late] = readers.splice(-1);
    const bad = listen(late?.api.accessToken ?? '', 'no-id');
    expect(await bad.ended).toMatchObject({ code: 'request.bad-cursor', status: 400 });
    await Promise.all(readers.map(({ api }) => opened(listen(api.accessToken).seen)));
    const full = await fetch(`${product.url}/api/jobs/stream`, {
      headers: { authorization: `Bearer ${late?.api.accessToken}` },
    });
    expect([full.status, full.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await full.json()).toMatchObject({ code: 'jobs.streams-full' });
  });

  // Mutant: a process that waits for its streams when it stops, or tells their callers to stay away.
  it('ends when its process stops, and its caller may come back', async () => {
    const { api } = await arrangeReader(product, 0);
    const answer = await raw(api.accessToken);
    let text = '';
    const end = new Promise<void>((resolve) =>
      answer.on('data', (chunk) => (text += String(chunk))).on('end', resolve),
    );
    await until(() => Promise.resolve(text.includes('event: open')), 'the stream to open');
    expect(answer.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
    });
    await product.app.get(ChangeStreams).onModuleDestroy();
    await end;
    expect(text).not.toContain('event: end');
  });

  const tokenOfAnotherSession = async ({ email }: Reader) => {
    const api = new Api(product.url);
    await signIn(api, { email, password: 'correct-horse-battery-staple' });
    return api.accessToken;
  };
  /** Nothing of it is still to be told then. */
  /** A stream begins behind whatever transaction is still open: what older ones changed would be told by it once more. */
  const settledRun = ({ userId }: Reader) =>
    until(async () => {
      const sql = `select from background_jobs where user_id = $1 and settled_at is not null
        and changed_xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint`;
      return (await product.sql(sql, [userId])).length === 1;
    }, 'the run to settle');
  const doneOf = async ({ userId }: Reader) =>
    (await product.sql(`select from processing_jobs where user_id = $1 and state = 'done'`, [userId])).length;
  const raw = (token: string) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      get(
        `${product.url}/api/jobs/stream`,
        { headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' } },
        resolve,
      ).on('error', reject);
    });
});
