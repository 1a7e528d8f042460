import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { v7 as uuidv7 } from 'uuid';
import { CloseStatements } from '../../../src/billing/close-statements/close-statements.handler';
import { AdjustCredits, GetBalance, GetLedgerHealth, QuoteCredits } from '../../../src/billing/contracts';
import { CheckLedger } from '../../../src/billing/check-ledger/check-ledger.handler';
import { ExpireCredits } from '../../../src/billing/expire-credits/expire-credits.handler';
import { Metrics } from '../../../src/kernel/observability/metrics';
import { Samples } from '../../../src/kernel/observability/samples';
import { type BillingApp, startBillingApp } from '../../support/billing-app';
import { recordOutcomes, seedPaidPayment } from '../../support/ledger-fixtures';

interface Page<T> {
  data: T[];
  nextCursor: string | null;
}
interface Line {
  seq: number;
  kind: string;
  credits: number;
  balanceAfter: number;
  emailId: string | null;
}

describe('what a user reads of their credits', () => {
  let billing: BillingApp;
  const as = (sql: BillingApp['sql']) =>
    ({ query: async (text: string, values: unknown[]) => ({ rows: await sql(text, values) }) }) as never;
  beforeAll(async () => {
    billing = await startBillingApp({ worker: false });
  });
  afterAll(() => billing.close());

  const get = <T>(userId: string, path: string, status = 200) =>
    request(billing.http)
      .get(`/api/billing/${path}`)
      .set('x-test-user', userId)
      .expect(status)
      .then((answer) => answer.body as T);

  /** Bought 50, got 20, held 30, spent 25, gave 5 back, had 3 taken by an operator, 10 refunded. */
  const story = async () => {
    const { userId, emailIds } = await billing.user(30);
    const payment = await seedPaidPayment(as(billing.sql), userId, 50);
    const steps: [string, unknown[]][] = [
      [`select ledger_grant($1, $2, 'purchase', $3, 50)`, [userId, uuidv7(), payment]],
      [
        `select ledger_grant($1, $2, 'welcome', $3, 20, 0, now() + interval '1 day')`,
        [userId, uuidv7(), randomUUID()],
      ],
      [`select ledger_hold($1, $2, $3, '7 days')`, [userId, emailIds, emailIds.map(() => uuidv7())]],
      [`select ledger_capture($1, $2)`, [userId, emailIds.slice(0, 25)]],
      [`select ledger_release($1, $2, 'email.refused')`, [userId, emailIds.slice(25)]],
      [`select ledger_claw_back($1, $2, $3, 200, 1000)`, [userId, payment, `refund:${payment}`]],
    ];
    for (const [text, values] of steps) await billing.sql(text, values);
    await billing.commands.execute(new AdjustCredits(userId, randomUUID(), -3, 'a slip', randomUUID()));
    await recordOutcomes(as(billing.sql), emailIds);
    return { userId, emailIds, payment };
  };

  it('the balance, with its lots in the order in which they burn', async () => {
    const { userId } = await story();
    expect(await get(userId, 'balance')).toEqual({
      ...{ available: 32, held: 0, captured: 25, granted: 70, owed: 0 },
      lots: [{ source: 'purchase', granted: 50, remaining: 32, held: 0, expiresAt: null }],
    });
    const nobody = await billing.queries.execute(new GetBalance(randomUUID()));
    expect(nobody).toEqual({ available: 0, held: 0, captured: 0, granted: 0, owed: 0, lots: [] });
  });

  it('does not count what has expired, even before the sweep', async () => {
    const { userId } = await billing.user();
    await billing.sql(`select ledger_grant($1, $2, 'promotion', $3, 9, 10, now() - interval '1 second')`, [
      userId,
      uuidv7(),
      randomUUID(),
    ]);
    expect(await get(userId, 'balance')).toMatchObject({ available: 0, granted: 9 });
    expect(await billing.commands.execute(new ExpireCredits())).toBe(9);
    expect(await billing.balance(userId)).toMatchObject({ posted: 0 });
  });

  it('every transaction, page by page, each with the balance after it', async () => {
    const { userId, emailIds } = await story();
    const seen: Line[] = [];
    for (let cursor = ''; ;) {
      const page: Page<Line> = await get(userId, `transactions?limit=7${cursor}`);
      seen.push(...page.data);
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(seen.map(({ seq }) => seq)).toEqual(
      Array.from({ length: seen.length }, (_, n) => seen.length - n),
    );
    let balance = 0;
    for (const line of [...seen].reverse()) expect(line.balanceAfter).toBe((balance += line.credits));
    expect(
      seen
        .filter(({ kind }) => kind === 'capture')
        .map(({ emailId }) => emailId)
        .sort(),
    ).toEqual(emailIds.slice(0, 25).sort());
  });

  it('only the transactions asked for', async () => {
    const { userId } = await story();
    const kinds = async (query: string) =>
      new Set(
        (await get<Page<Line>>(userId, `transactions?limit=100&${query}`)).data.map(({ kind }) => kind),
      );
    expect(await kinds('kind=grant,clawback')).toEqual(new Set(['grant', 'clawback']));
    expect(await kinds(`from=${new Date(Date.now() + 60_000).toISOString()}`)).toEqual(new Set());
    expect(await kinds(`to=${new Date(Date.now() - 60_000).toISOString()}`)).toEqual(new Set());
    expect(await get(userId, 'transactions?kind=theft', 400)).toMatchObject({ code: 'request.invalid' });
    expect(await get(userId, 'transactions?cursor=AAAA', 400)).toMatchObject({ code: 'request.bad-cursor' });
  });

  it("a month's statement that adds up, closed once and never changed", async () => {
    const { userId } = await story();
    const nextMonth = new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth() + 1, 2));
    expect(await billing.commands.execute(new CloseStatements(nextMonth))).toBeGreaterThan(0);
    expect(await billing.commands.execute(new CloseStatements(nextMonth))).toBe(0);
    const { data } = await get<Page<{ ref: string; details: Record<string, number> }>>(
      userId,
      'history?kind=statement',
    );
    expect(data).toHaveLength(1);
    expect(data[0]).toMatchObject({
      ref: new Date().toISOString().slice(0, 7),
      details: {
        opening: 0,
        bought: 50,
        granted: 20,
        adjusted: -3,
        used: 25,
        expired: 0,
        refunded: 10,
        closing: 32,
      },
    });
  });

  it('the same month as CSV, ending at the balance', async () => {
    const { userId, payment } = await story();
    const month = new Date().toISOString().slice(0, 7);
    const answer = await request(billing.http)
      .get(`/api/billing/history/${month}.csv`)
      .set('x-test-user', userId)
      .expect(200);
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    const rows = answer.text
      .trimEnd()
      .split('\r\n')
      .map((row) => row.split(',').slice(1));
    expect(rows.slice(1)).toEqual(
      [
        ['opening', '', '0', '0', '', '', ''],
        ['grant', 'purchase', '50', '50', '1000', 'eur', payment],
        ['grant', 'welcome', '20', '70', '', '', ''],
        ['capture', 'welcome', '-20', '50', '', '', ''],
        ['capture', 'purchase', '-5', '45', '', '', ''],
        ['clawback', 'purchase', '-10', '35', '', '', ''],
        ['adjust', 'purchase', '-3', '32', '', '', ''],
        ['closing', '', '0', '32', '', '', ''],
      ].map((row) => expect.arrayContaining(row) as unknown),
    );
    await get(userId, 'history/2026-13.csv', 400);
    await get(userId, 'history/2999-01.csv', 400);
  });

  it('history page by page, newest first, and nobody elses', async () => {
    const [ada, bob] = [await billing.user(), await billing.user()];
    for (let n = 0; n < 5; n += 1)
      await billing.sql(
        `insert into billing_history (id, user_id, kind, ref, occurred_at) values ($1, $2, 'refund', $3, now() - $4 * interval '1 hour')`,
        [uuidv7(), ada.userId, `r${n}`, Math.floor(n / 2)],
      );
    const refs: string[] = [];
    for (let cursor = ''; ;) {
      const page: Page<{ ref: string }> = await get(ada.userId, `history?limit=2${cursor}`);
      refs.push(...page.data.map(({ ref }) => ref));
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(refs).toEqual(['r1', 'r0', 'r3', 'r2', 'r4']);
    expect((await get<Page<unknown>>(bob.userId, 'history')).data).toEqual([]);
  });

  it('a quote: what a run takes, what the balance covers, and never more than the cap', async () => {
    const { userId } = await story();
    const quote = (mails: number, cap?: number) =>
      billing.queries.execute(new QuoteCredits(userId, mails, cap));
    expect(await quote(20)).toEqual({
      mails: 20,
      credits: 20,
      available: 32,
      covered: 20,
      waiting: 0,
      cap: null,
    });
    expect(await quote(50)).toEqual({
      mails: 50,
      credits: 50,
      available: 32,
      covered: 32,
      waiting: 18,
      cap: null,
    });
    expect(await quote(50, 10)).toEqual({
      mails: 50,
      credits: 10,
      available: 32,
      covered: 10,
      waiting: 0,
      cap: 10,
    });
  });

  it('the scheduled check sets the metric, the health, and leaves an audit row only when something is wrong', async () => {
    const rows = async () =>
      (await billing.sql(`select changes from audit_logs where action = 'billing.ledger-violated'`)).length;
    expect(await billing.commands.execute(new CheckLedger())).toEqual([]);
    expect(await billing.queries.execute(new GetLedgerHealth())).toMatchObject({ violations: 0 });
    expect(await rows()).toBe(0);
    const { userId } = await billing.user();
    await billing.sql(`alter table credit_wallets drop constraint credit_wallets_sound`);
    await billing.sql('update credit_wallets set posted = posted - 1 where user_id = $1', [userId]);
    const found = await billing.commands.execute(new CheckLedger());
    expect(new Set(found.map(({ invariant }) => invariant))).toEqual(new Set(['I1', 'I5', 'I12', 'I14']));
    expect(await billing.queries.execute(new GetLedgerHealth())).toMatchObject({ violations: found.length });
    await billing.app.get(Samples).take();
    expect((await billing.app.get(Metrics).expose()).text).toContain(
      'inbrief_ledger_violations{invariant="I1"} 1',
    );
    expect(await rows()).toBe(1);
  });
});
