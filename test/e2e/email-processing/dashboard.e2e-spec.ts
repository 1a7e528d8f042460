import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { startTestApp, type TestApp } from '../../support/app';
import { Client } from 'pg';

describe('the dashboard', () => {
  let app: TestApp;
  let userId: string;
  let token: string;
  beforeAll(async () => {
    app = await startTestApp({ worker: false });
    const email = `${randomUUID()}@example.test`;
    const { body } = await request(app.http)
      .post('/api/auth/register')
      .send({ email, password: 'a fine passphrase', name: 'Ada' })
      .expect(201);
    userId = body.user.id;
    token = body.tokens.accessToken;
    await app.sql('select ledger_open_wallet($1)', [userId]);
  });
  afterAll(() => app.close());

  const read = async (): Promise<{ usage: object[] }> =>
    (await request(app.http).get('/api/dashboard').auth(token, { type: 'bearer' }).expect(200)).body as {
      usage: object[];
    };

  /** Statements of the pool that name one of these tables, while `work` runs. */
  async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
    const seen: string[] = [];
    const connect = jest.spyOn(Client.prototype, 'query');
    connect.mockClear();
    await work();
    for (const [statement] of connect.mock.calls as unknown[][]) {
      const text = typeof statement === 'string' ? statement : ((statement as { text?: string }).text ?? '');
      if (
        /credit_|gmail_connections|email_summaries|processing_jobs|background_jobs|usage_analytics/.test(text)
      )
        seen.push(text);
    }
    connect.mockRestore();
    return seen;
  }

  // Mutant: a module asked once more, or once per mailbox.
  it('costs three round trips, however much there is to show', async () => {
    const statements = await statementsOf(read);
    expect(statements.length).toBeGreaterThan(0);
    expect(statements.length).toBeLessThanOrEqual(3);
  });

  it('shows a new user an empty month, no runs and no summaries', async () => {
    const board = await read();
    expect(board.usage).toHaveLength(30);
    expect(board.usage.at(-1)).toEqual({
      day: new Date().toISOString().slice(0, 10),
      discovered: 0,
      summarised: 0,
      skipped: 0,
      failed: 0,
    });
    expect(board).toMatchObject({ runs: [], connections: [], summaries: { total: 0, timeZone: 'UTC' } });
  });
});
