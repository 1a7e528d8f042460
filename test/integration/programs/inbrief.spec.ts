import { Client } from 'pg';
import { runCli } from '../../../src/cli/run-cli';
import { Terminal } from '../../../src/cli/terminal';
import { createTestDatabase, type TestDatabase } from '../../support/database';

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

  it('keys rotate says that nothing is left', async () => {
    expect(await inbrief('keys', 'rotate')).toMatchObject({
      code: 0,
      said: expect.stringMatching(/0 re-wrapped; complete$/),
    });
  });
});
