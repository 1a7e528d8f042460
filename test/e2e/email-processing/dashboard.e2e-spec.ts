import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { until } from '../../../sandbox/demo/journey';
import { type Dashboard, Inbrief } from '../../../sdk/src';
import { startTestApp, type TestApp } from '../../support/app';
import { arrangeReader, type Reader } from '../../support/reader';
import { settledBooks, startSync } from '../../support/sdk-journey';

const mails = 4;

describe('the dashboard', () => {
  let product: TestApp;
  let reader: Reader;
  let runId: string;
  let underWay: Dashboard;
  beforeAll(async () => {
    product = await startTestApp({
      env: { WORKER_CONCURRENCY: '1' },
      settings: { 'billing.welcome': { credits: 10, validityDays: 7 } },
    });
    const payload = { ms: 500 };
    await product.anthropic.app.inject({ method: 'POST', url: '/__control/latency', payload });
    reader = await arrangeReader(product, mails);
    runId = await startSync(reader.inbrief);
    await until(async () => {
      underWay = await reader.inbrief.dashboard.get();
      return underWay.runs.some(({ finished, left }) => finished > 0 && left > 0);
    }, 'a run in the middle');
    await reader.inbrief.runs.wait(runId);
    await settledBooks(reader.inbrief);
    await product.stopWorker();
  });
  afterAll(() => product.close());

  it('shows a run that is under way, and when it will be over', () => {
    const [run, ...others] = underWay.runs;
    expect(others).toEqual([]);
    expect(run).toMatchObject({ id: runId, connectionId: expect.any(String) as string });
    expect((run?.finished ?? 0) + (run?.left ?? 0)).toBeLessThanOrEqual(mails);
    expect(run?.etaSeconds).toBeGreaterThan(0);
    expect(underWay.credits.held).toBeGreaterThan(0);
  });

  // Mutants: a lot's end as the database writes it, with an offset; credits that expire shown as if they were for ever; a week that
  // leaves today out; a superseded summary counted.
  it('shows credits and which are about to expire, mailboxes, mails by state, summaries by kind, and the month', async () => {
    const { credits, connections, runs, summaries, usage, ...board } = await reader.inbrief.dashboard.get();
    const [lot] = (await reader.inbrief.billing.balance()).lots;
    expect(lot?.expiresAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(credits).toEqual({
      ...{ available: 10 - mails, held: 0, captured: mails },
      expiring: [{ credits: 10 - mails, expiresAt: lot?.expiresAt }],
    });
    expect(connections).toMatchObject([{ emailAddress: reader.email, status: 'connected', healthy: true }]);
    expect(board.mails).toMatchObject({ done: mails, queued: 0, running: 0, failed: 0 });
    expect(runs).toEqual([]);
    const listed = await reader.inbrief.summaries.list().all();
    const counted = (of: (summary: (typeof listed)[number]) => string) =>
      Object.fromEntries(
        [...new Set(listed.map(of))].map((kind) => [kind, listed.filter((one) => of(one) === kind).length]),
      );
    const counts = {
      total: mails,
      byCategory: counted(({ category }) => category),
      byUrgency: counted(({ urgency }) => urgency),
    };
    expect(summaries).toEqual({
      ...{ ...counts, timeZone: 'UTC', today: mails, week: mails },
      periods: { today: counts, week: counts },
    });
    expect(usage).toHaveLength(30);
    expect(usage.at(-1)).toEqual({
      day: new Date().toISOString().slice(0, 10),
      ...{ discovered: mails, summarised: mails, skipped: 0, failed: 0 },
    });
  });

  /** Statements of the pool that name one of these tables, while `work` runs; the question for the session is asked of every call. */
  async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
    const seen: string[] = [];
    const connect = jest.spyOn(Client.prototype, 'query');
    connect.mockClear();
    await work();
    for (const [statement] of connect.mock.calls as unknown[][]) {
      const text = typeof statement === 'string' ? statement : ((statement as { text?: string }).text ?? '');
      if (
        !text.includes('user_sessions') &&
        /credit_|gmail_connections|email_summaries|processing_jobs|background_jobs|usage_analytics/.test(text)
      )
        seen.push(text);
    }
    connect.mockRestore();
    return seen;
  }

  // Mutants: a module asked once more, or once per mailbox; an answer that is read anew though nothing changed.
  it('costs three round trips, however much there is to show, and none while nothing changes', async () => {
    await product.sql('update reader_versions set stamp = gen_random_uuid()');
    const statements = await statementsOf(() => reader.inbrief.dashboard.get());
    expect(statements.length).toBeGreaterThan(0);
    expect(statements.length).toBeLessThanOrEqual(3);
    expect(await statementsOf(() => reader.inbrief.dashboard.get())).toEqual([]);
  });

  it('shows a new user an empty month, no runs and no summaries', async () => {
    const inbrief = new Inbrief({ baseUrl: product.url });
    const email = `${randomUUID()}@example.test`;
    await inbrief.auth.register({ email, password: 'a fine passphrase', name: 'Ada' });
    const board = await inbrief.dashboard.get();
    expect(board.usage).toHaveLength(30);
    expect(board.usage.at(-1)).toMatchObject({ discovered: 0, summarised: 0, skipped: 0, failed: 0 });
    expect(board).toMatchObject({ runs: [], connections: [], summaries: { total: 0, timeZone: 'UTC' } });
    expect(board.summaries.periods.today).toEqual({ total: 0, byCategory: {}, byUrgency: {} });
  });
});
