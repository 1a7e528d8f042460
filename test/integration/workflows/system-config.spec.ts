import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { testEnv } from '../../support/env';
import { signupsEnabled } from '../../../src/auth/auth.settings';
import { dispatchWindow } from '../../../src/jobs/jobs.settings';
import { AuditLog } from '../../../src/kernel/audit/audit-log';
import { AuditRepository } from '../../../src/kernel/audit/audit.repository';
import { PrismaConnection } from '../../../src/kernel/database/prisma-connection';
import { UnitOfWork } from '../../../src/kernel/database/unit-of-work';
import { SystemConfig } from '../../../src/kernel/system-config/system-config';
import { SystemConfigEditor } from '../../../src/kernel/system-config/system-config-editor';
import { SystemConfigRepository } from '../../../src/kernel/system-config/system-config.repository';
import { WakeUp } from '../../../src/kernel/worker/wake-up';

const root = join(__dirname, '..', '..', '..');
const editor = { name: 'cli:spec' };
const reason = 'the spec says so';

describe('settings that act without a restart', () => {
  let database: TestDatabase;
  let owner: Client;
  let connection: PrismaConnection;
  let config: SystemConfig;
  let settings: SystemConfigEditor;
  const children: ChildProcessWithoutNullStreams[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    connection = new PrismaConnection(testEnv(database.appUrl));
    const uow = new UnitOfWork(connection);
    const repository = new SystemConfigRepository(uow);
    config = new SystemConfig(repository);
    settings = new SystemConfigEditor(uow, repository, config, new AuditLog(uow, new AuditRepository(uow)));
    await config.onModuleInit();
  });
  afterEach(async () => {
    await owner.query('delete from system_config');
    await owner.query('alter table system_config_history disable trigger all');
    await owner.query('delete from system_config_history');
    await owner.query('alter table system_config_history enable trigger all');
    await config.refresh();
  });
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await config.onModuleDestroy();
    await connection.onModuleDestroy();
    await owner.end();
    await database.drop();
  });

  const edit = (key: string, value: unknown, expectedVersion: number) =>
    settings.edit({ key, value, expectedVersion, reason, editor });
  const until = async (holds: () => boolean) => {
    const deadline = Date.now() + 5_000;
    while (!holds() && Date.now() < deadline) await new Promise((wake) => setTimeout(wake, 5));
    expect(holds()).toBe(true);
  };

  it('has the default of the code until a value is stored', () => {
    expect(config.get(dispatchWindow)).toBe(60);
    expect(config.list()).toContainEqual({
      setting: dispatchWindow,
      value: 60,
      overridden: false,
      fault: undefined,
      stored: undefined,
    });
  });

  // Mutants: an edit that rings before its commit, or not at all: this process would wait for its next poll.
  it('acts at once in the process that changed it', async () => {
    // The next poll is a minute away; one that is due already comes first.
    const { wait: unhurried } = WakeUp.prototype;
    const wait = jest.spyOn(WakeUp.prototype, 'wait');
    wait.mockImplementation(function (this: WakeUp) {
      return unhurried.call(this, 60_000);
    });
    await sleep(1_200);
    await edit('dispatch.window', 7, 0);
    await until(() => config.get(dispatchWindow) === 7);
    wait.mockRestore();
    config.ring();
  });

  // Mutants: no poll (`loop.start` gone); a poll that keeps its first copy; a snapshot by `version > last`, which is blind
  // to a return to the default.
  it('acts in a second process within 5 seconds, there and back', async () => {
    const other = spawn(
      process.execPath,
      ['--import', 'tsx', join(root, 'test/support/settings-reader.fixture.ts'), database.appUrl],
      { cwd: root },
    );
    const heard = listen(other);
    children.push(other);
    await heard({ signups: true, window: 60 });
    for (const [value, version] of [
      [false, 0],
      [undefined, 1],
    ] as const) {
      const began = Date.now();
      await edit('signups.enabled', value, version);
      await heard({ signups: value ?? true, window: 60 });
      expect(Date.now() - began).toBeLessThan(5_000);
    }
    other.stdin.end();
    expect(await once(other, 'exit')).toEqual([0, null]);
  }, 30_000);

  // Mutants: a check on write alone (whoever writes SQL by hand gets past it), or one that lets the bad value through.
  it('passes over a stored value that is not sound, and says so', async () => {
    await owner.query(`insert into system_config (key, value) values ('dispatch.window', '"many"')`);
    await config.refresh();
    expect(config.get(dispatchWindow)).toBe(60);
    expect(config.list()).toContainEqual(
      expect.objectContaining({
        setting: dispatchWindow,
        overridden: false,
        fault: 'must be a whole number from 1 to 99',
      }),
    );
  });

  it.each([
    ['dispatch.window', 100, 'config.invalid-value'],
    ['dispatch.window', null, 'config.invalid-value'],
    ['dispatch.window', '7', 'config.invalid-value'],
    ['dispatch.nonsense', 7, 'config.unknown-key'],
  ])('refuses %s = %p and writes nothing', async (key, value, code) => {
    await expect(edit(key, value, 0)).rejects.toMatchObject({ code });
    expect((await owner.query('select from system_config')).rowCount).toBe(0);
  });

  // Mutants: an update without `version = expected`; an insert that overwrites (`on conflict do update`).
  it('lets one of many editors of the same version through', async () => {
    for (const version of [0, 1]) {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 5 }, (_, index) => edit('dispatch.window', 10 + index, version)),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const outcome of outcomes)
        if (outcome.status === 'rejected')
          expect(outcome.reason).toMatchObject({ code: 'config.changed-meanwhile' });
    }
    await expect(edit('dispatch.window', 9, 7)).rejects.toMatchObject({ code: 'config.changed-meanwhile' });
  });

  it('keeps who changed it to what and why, for good', async () => {
    await edit('dispatch.window', 7, 0);
    await edit('dispatch.window', undefined, 1);
    expect(await settings.history('dispatch.window', undefined, 10)).toMatchObject([
      { version: 2, value: null, isSet: false, changedBy: 'cli:spec', reason },
      { version: 1, value: 7, isSet: true, changedBy: 'cli:spec', reason },
    ]);
    expect(await settings.history('dispatch.window', 2, 10)).toMatchObject([{ version: 1 }]);
    const audits = await owner.query(
      `select changes from audit_logs where action = 'config.setting-changed' and changes->>'version' = '2'
       and target_id = 'dispatch.window' order by id desc limit 1`,
    );
    expect(audits.rows).toEqual([{ changes: { version: 2, reason, value: 'default' } }]);
    await expect(owner.query('delete from system_config_history')).rejects.toThrow('append-only');
  });

  it('keeps its last copy while the database is out of reach, and starts on the defaults', async () => {
    const unreachable = new SystemConfig({
      all: () => Promise.reject(new Error('no route to Postgres')),
    } as unknown as SystemConfigRepository);
    await unreachable.onModuleInit();
    expect(unreachable.get(signupsEnabled)).toBe(true);
    await unreachable.onModuleDestroy();
  });
});

/** Answers a function that waits until the process says this. */
function listen(child: ChildProcessWithoutNullStreams): (state: object) => Promise<void> {
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  child.stderr.pipe(process.stderr);
  return async (state) => {
    const { value } = (await lines.next()) as { value?: string };
    expect(JSON.parse(value ?? 'null')).toEqual(state);
  };
}
