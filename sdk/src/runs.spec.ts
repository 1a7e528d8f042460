import type { ServerResponse } from 'node:http';
import { problem, TinyServer } from '../../test/support/tiny-server';
import { Inbrief, type Run } from './index';

const noMails = { awaiting_credits: 0, queued: 0, running: 0, done: 0, skipped: 0, failed: 0, cancelled: 0 };

describe('waiting for a run', () => {
  const server = new TinyServer();
  beforeAll(() => server.start());
  afterAll(() => server.stop());
  const client = () => new Inbrief({ baseUrl: server.url, apiKey: 'k', retry: { retries: 0 } });

  let done = 0;
  const stateOf = (of: number) => ({ body: { id: 'r', mails: { ...noMails, done }, settled: done >= of } });
  const asksOfRun = () => server.received.filter(({ path }) => path.startsWith('/api/jobs/runs/'));
  beforeEach(() => (done = 0));

  it('polls where there are no events, tells each step once, and ends with the settled run', async () => {
    let asked = 0;
    server.script(({ path }) => {
      if (path === '/api/jobs/stream') return problem(404, 'request.not-found');
      asked += 1;
      done = Math.floor(asked / 2);
      return stateOf(2);
    });
    const told: number[] = [];
    const onProgress = ({ mails }: Run) => void told.push(mails.done);
    const run = await client().runs.wait('r', { pollMs: 1, onProgress });
    expect(run.settled).toBe(true);
    expect(told).toEqual([0, 1, 2]);
  });

  // Mutant: events that are heard and not heeded: the wait would last for its poll interval.
  it('asks as soon as an event says that something moved', async () => {
    let stream: ServerResponse | undefined;
    server.script(({ path }, response) => {
      if (path !== '/api/jobs/stream') return stateOf(1);
      stream = response.writeHead(200, { 'content-type': 'text/event-stream' });
      stream.write(': here\n\n');
      return undefined;
    });
    const waiting = client().runs.wait('r', { pollMs: 60_000, timeoutMs: 5_000 });
    setTimeout(() => {
      done = 1;
      stream?.write('data: {}\n\n');
    }, 300);
    expect((await waiting).settled).toBe(true);
    expect(asksOfRun()).toHaveLength(2);
  });

  it('falls back to polling when the events end', async () => {
    server.script(({ path }, response) => {
      if (path !== '/api/jobs/stream') return stateOf(1);
      if (server.received.some((request) => request.headers['last-event-id']))
        return problem(404, 'request.not-found');
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('retry: 1\nid: 1\ndata: {}\n\n', () => response.destroy());
      setTimeout(() => (done = 1), 300);
      return undefined;
    });
    expect((await client().runs.wait('r', { pollMs: 10, timeoutMs: 5_000 })).settled).toBe(true);
  });

  it('is given up at its deadline, with a problem that says so', async () => {
    server.script(({ path }) =>
      path === '/api/jobs/stream' ? problem(404, 'request.not-found') : stateOf(1),
    );
    const waiting = client().runs.wait('r', { timeoutMs: 50, pollMs: 5 });
    await expect(waiting).rejects.toMatchObject({ code: 'sdk.deadline' });
  });

  it("is given up with the signal's reason", async () => {
    server.script(({ path }) => (path === '/api/jobs/stream' ? undefined : stateOf(1)));
    const controller = new AbortController();
    const reason = new Error('Left the page');
    setTimeout(() => controller.abort(reason), 50);
    await expect(client().runs.wait('r', { signal: controller.signal })).rejects.toBe(reason);
  });

  it('fails when the run does', async () => {
    server.script(() => problem(404, 'jobs.run-not-found'));
    await expect(client().runs.wait('r')).rejects.toMatchObject({ code: 'jobs.run-not-found' });
  });
});
