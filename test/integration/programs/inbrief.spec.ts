import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { runCli } from '../../../src/cli/run-cli';
import { Terminal } from '../../../src/cli/terminal';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { arrangeMailbox } from '../../support/mail-fixtures';

/** A terminal that keeps what was said. */
class Notepad extends Terminal {
  lines: string[] = [];
  code = 0;
  override say(line: string): void {
    this.lines.push(line);
  }
  override exitWith(code: number): void {
    this.code = code;
  }
}

describe('npx inbrief', () => {
  const before = process.env;
  let database: TestDatabase;
  let owner: Client;
  let errors: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    process.env = {
      ...before,
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      PUBLIC_URL: 'http://127.0.0.1:9',
      DATABASE_URL: database.appUrl,
      JWT_KEYS: `k1:${'n'.repeat(40)}`,
      TOKEN_KEYS: `v1:${Buffer.alloc(32, 7).toString('base64')}`,
      CURSOR_SECRET: 'c'.repeat(40),
      GOOGLE_CLIENT_ID: 'client',
      GOOGLE_CLIENT_SECRET: 'secret',
      GOOGLE_OAUTH_BASE_URL: 'http://127.0.0.1:9',
      ENABLE_STRIPE: 'false',
      ANTHROPIC_API_KEY: 'sk-ant-sandbox',
      ANTHROPIC_BASE_URL: 'http://127.0.0.1:9',
    };
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
      errors += String(text);
      return true;
    });
  });
  beforeEach(() => {
    errors = '';
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    process.env = before;
    await owner.end();
    await database.drop();
  });

  const inbrief = async (...args: string[]) => {
    const terminal = new Notepad();
    await runCli(args, terminal);
    return { code: terminal.code, said: terminal.lines.join('\n') };
  };

  it('doctor lists every check, names the mends and exits 1 while there is a fault', async () => {
    const { code, said } = await inbrief('doctor');
    expect(code).toBe(1);
    expect(said).toMatch(/✓ database\.rls +Row-level security is forced/);
    expect(said).toMatch(/✗ anthropic\.reach .*\n +mend: let this machine reach/);
    expect(said).toMatch(/\d+ sound, 0 to look at, \d fault\(s\)$/);
    const { said: json } = await inbrief('doctor', '--json');
    expect(JSON.parse(json)).toContainEqual(expect.objectContaining({ check: 'database.role', state: 'ok' }));
  });

  it('config shows, sets and gives back a setting, with who and why', async () => {
    expect((await inbrief('config', 'get', 'dispatch.window')).said).toMatch(/dispatch\.window +60 +60 +0$/);
    expect(await inbrief('config', 'set', 'dispatch.window', '7', '--reason', 'a calm night')).toEqual({
      code: 0,
      said: 'dispatch.window has version 1; it acts in every process within seconds',
    });
    expect((await inbrief('config', 'get', 'dispatch.window')).said).toMatch(/ 7 +60 +1$/);
    await inbrief('config', 'set', 'dispatch.window', 'default', '--reason', 'morning');
    const { rows } = await owner.query(
      `select version, value, reason, changed_by ~ '^cli:.' as by_operator from system_config_history order by 1`,
    );
    expect(rows).toEqual([
      { version: 1, value: 7, reason: 'a calm night', by_operator: true },
      { version: 2, value: null, reason: 'morning', by_operator: true },
    ]);
    const audits = await owner.query(
      `select actor_kind, request_id ~ '^cli:' as by_operator from audit_logs where action = 'config.setting-changed'`,
    );
    expect(audits.rows[0]).toEqual({ actor_kind: 'system', by_operator: true });
  });

  it('says in one line what cannot be done, and exits 1', async () => {
    expect((await inbrief('config', 'get', 'dispatch.nonsense')).code).toBe(1);
    expect((await inbrief('config', 'set', 'dispatch.window', '100', '--reason', 'more')).code).toBe(1);
    expect(errors).toMatch(/^config\.invalid-value: .*\n {2}\/value must be a whole number from 1 to 99\n$/);
    errors = '';
    await inbrief('config', 'set', 'dispatch.window', '8', '--reason', 'more', '--expect', '1');
    expect(errors).toMatch(/^config\.changed-meanwhile/);
  });

  it('keys rotate says that nothing is left', async () => {
    expect(await inbrief('keys', 'rotate')).toMatchObject({
      code: 0,
      said: expect.stringMatching(/0 re-wrapped; complete$/),
    });
  });

  /** The rows that an act left in the audit log, with what they say. */
  const audited = async (action: string, target: string) => {
    const { rows } = await owner.query<{ changes: object; operator: boolean }>(
      `select changes, request_id ~ '^cli:' as operator from audit_logs where action = $1 and target_id = $2`,
      [action, target],
    );
    return rows;
  };
  const mailbox = () => arrangeMailbox((text, values) => owner.query(text, values));

  // Mutants: acts that are not given the application; a suspension that leaves the status; an act whose reason is dropped; a role that is taken as it comes.
  it('users finds and shows accounts, shuts them out, lets them in and changes their role', async () => {
    const { userId } = await mailbox();
    await inbrief('credits', 'grant', userId, '3', 'shown');
    expect((await inbrief('users', 'list', userId)).said).toMatch(
      new RegExp(`^id .*status.*\\n${userId} +${userId}@example.com +user +active`),
    );
    expect((await inbrief('users', 'show', userId)).said).toMatch(/^available +3$/m);
    const stands = async () => {
      const { rows } = await owner.query('select status, role from users where id = $1', [userId]);
      return rows[0] as object;
    };
    expect(await inbrief('users', 'suspend', userId, '--reason', 'spam')).toEqual({
      code: 0,
      said: `${userId} is suspended`,
    });
    expect(await stands()).toEqual({ status: 'suspended', role: 'user' });
    expect(await audited('auth.user-suspended', userId)).toEqual([
      { changes: expect.objectContaining({ reason: 'spam' }), operator: true },
    ]);
    await inbrief('users', 'reinstate', userId, '--reason', 'a mistake');
    expect((await inbrief('users', 'role', userId, 'owner', '--reason', 'x')).code).toBe(1);
    await inbrief('users', 'role', userId, 'admin', '--reason', 'the first one');
    expect(await stands()).toEqual({ status: 'active', role: 'admin' });
    expect((await inbrief('users', 'suspend', uuidv7(), '--reason', 'x')).code).toBe(1);
    expect(errors).toMatch(/^A role is admin or user\nauth\.no-such-user: .*\n$/);
  });

  // Mutants: a second grant for one reference; a grant that forgets its audit row; `Number('1e3.5')` let through.
  it('credits grant gives once for each reference, and only whole credits', async () => {
    const { userId } = await mailbox();
    const grant = (credits: string) => inbrief('credits', 'grant', userId, credits, 'ticket-9');
    expect(await grant('25')).toEqual({ code: 0, said: '25 credits granted' });
    expect(await grant('25')).toEqual({ code: 0, said: 'ticket-9 was granted before' });
    for (const wrong of ['0', '2.5', 'many']) expect((await grant(wrong)).code).toBe(1);
    const { rows } = await owner.query('select posted::int from credit_wallets where user_id = $1', [userId]);
    expect(rows).toEqual([{ posted: 25 }]);
    expect(await audited('billing.credits-granted', userId)).toHaveLength(1);
    const { rows: broken } = await owner.query('select * from ledger_violations');
    expect(broken).toEqual([]);
  });

  // Mutant: a replay that says it is due and leaves the event settled.
  it('events replay makes an event due again, with why, and knows which it cannot', async () => {
    await owner.query(
      `insert into stripe_events (id, type, object_id, livemode, payload, source, occurred_at, processed_at, outcome)
       values ('evt_cli', 'charge.refunded', 'ch_cli', false, '{"data":{}}', 'webhook', now(), now(), 'unknown')`,
    );
    expect(await inbrief('events', 'replay', 'evt_cli', '--reason', 'lost')).toEqual({
      code: 0,
      said: 'evt_cli is due again',
    });
    const { rows } = await owner.query(`select processed_at from stripe_events where id = 'evt_cli'`);
    expect(rows).toEqual([{ processed_at: null }]);
    expect(await audited('billing.event-replayed', 'evt_cli')).toEqual([
      { changes: { reason: 'lost' }, operator: true },
    ]);
    expect((await inbrief('events', 'replay', 'evt_none', '--reason', 'lost')).code).toBe(1);
    expect(errors).toMatch(/^billing\.event-not-found/);
    await owner.query(`delete from stripe_events where id = 'evt_cli'`);
  });

  // Mutants: a retry that queues without a credit; one that takes a mail which was skipped for good.
  it('jobs retry tries a failed mail again, once a credit is there for it', async () => {
    const { userId, connectionId, discover } = await mailbox();
    const [failed, skipped] = await discover(2);
    const job = async (emailId: string | undefined, state: string): Promise<string> => {
      const id = uuidv7();
      await owner.query(
        `insert into processing_jobs (id, user_id, connection_id, email_id, state, reason_code, received_at, finished_at)
         values ($1, $2, $3, $4, $5, 'email.empty', now(), now())`,
        [id, userId, connectionId, emailId, state],
      );
      return id;
    };
    const [again, never] = [await job(failed, 'failed'), await job(skipped, 'skipped')];
    await inbrief('credits', 'grant', userId, '1', 'retry');
    expect(await inbrief('jobs', 'retry', again)).toEqual({ code: 0, said: `${again} is queued` });
    expect(await audited('jobs.job-retried', again)).toHaveLength(1);
    expect((await inbrief('jobs', 'retry', never)).code).toBe(1);
    expect((await inbrief('jobs', 'retry', uuidv7())).code).toBe(1);
    expect(errors).toMatch(/^jobs\.not-retryable: .*\njobs\.[a-z-]+not-found: .*\n$/);
    const { rows } = await owner.query('select * from ledger_violations');
    expect(rows).toEqual([]);
  });

  it('ledger verify and audit verify exit 0 while all is well, 1 when something is broken', async () => {
    expect(await inbrief('ledger', 'verify')).toEqual({ code: 0, said: 'violations: 0' });
    expect(await inbrief('audit', 'verify')).toMatchObject({
      code: 0,
      said: expect.stringMatching(/faults: 0$/),
    });
    await owner.query(
      `insert into outbox_messages (id, type, payload, occurred_at) values (gen_random_uuid(), 'x', '{}', now() - interval '1 hour')`,
    );
    expect(await inbrief('ledger', 'verify')).toMatchObject({
      code: 1,
      said: expect.stringMatching(/^I16 .*\nviolations: 1$/),
    });
  });
});
