import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { type RunningPostgres, startPostgres } from '../../../sandbox/postgres/postgres';
import { migrate } from '../../../src/kernel/database/migrate';
import { migrationsDirectory } from '../../../src/kernel/database/migration-files';
import { differences } from '../../../tools/restore-drill/digest';
import { postgresOf } from '../../matrix/variants';
import { recordOutcomes, seedMailbox } from '../../support/ledger-fixtures';

const root = join(__dirname, '..', '..', '..');
/** pg_dump reads servers of its own version and older ones; Debian's is 15, which npm has a server of. */
const dumper = /\d+/.exec(String(spawnSync('pg_dump', ['--version']).stdout))?.[0];
const server = dumper === undefined ? { missing: 'there is no pg_dump' } : postgresOf(dumper);
if ('missing' in server) process.stderr.write(`restore-drill.spec: skipped, ${server.missing}\n`);

describe('what a drill compares', () => {
  const users = { table: 'users', rows: '2', hash: '11' };
  const lots = { table: 'credit_lots', rows: '1', hash: '7' };

  it('finds a lost row, a changed row, a lost table and one too many', () => {
    expect(differences([users, lots], [lots, users])).toEqual([]);
    expect(differences([users], [{ ...users, rows: '1' }])).toEqual(['users']);
    expect(differences([users], [{ ...users, hash: '12' }])).toEqual(['users']);
    expect(differences([users, lots], [users])).toEqual(['credit_lots']);
    expect(differences([users], [users, lots])).toEqual(['credit_lots']);
  });
});

('missing' in server ? describe.skip : describe)('npm run db:drill', () => {
  let postgres: RunningPostgres;
  let owner: Client;
  beforeAll(async () => {
    const binaries = 'native' in server ? server.native : '';
    const dataDir = join(root, '.inbrief', `drill-postgres-${process.pid}`);
    postgres = await startPostgres({ dataDir, binaries, fast: true, temporary: true });
    await migrate(postgres.url, migrationsDirectory);
    owner = new Client({ connectionString: postgres.url });
    await owner.connect();
    const { userId, emailIds } = await seedMailbox(owner, 20);
    const holdIds = emailIds.map(() => uuidv7());
    await owner.query('select ledger_open_wallet($1)', [userId]);
    await owner.query(`select ledger_grant($1, $2, 'welcome', 'drill', 15)`, [userId, uuidv7()]);
    await owner.query(`select ledger_hold($1, $2, $3, '1 day')`, [userId, emailIds, holdIds]);
    await owner.query('select * from ledger_capture($1, $2)', [userId, emailIds.slice(0, 10)]);
    await recordOutcomes(owner, emailIds);
  });
  afterAll(async () => {
    await owner.end();
    await postgres.stop();
  });

  const drill = async (url: string) => {
    const env = { PATH: process.env.PATH, DIRECT_DATABASE_URL: url };
    const file = join(root, 'tools', 'restore-drill', 'main.ts');
    const child = spawn(process.execPath, [require.resolve('tsx/cli'), file], { cwd: root, env });
    const [out, err] = [text(child.stdout), text(child.stderr)];
    const [status] = (await once(child, 'exit')) as [number];
    return { status, out: await out, err: await err };
  };

  it('restores a backup beside the source and finds every row again', async () => {
    const { status, out, err } = await drill(postgres.url);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toMatch(/tables that differ\D+none/);
    expect(out).toContain('0 ledger violations');
    const { rows } = await owner.query(`select from pg_database where datname like 'inbrief_drill%'`);
    expect(rows).toEqual([]);
  });

  it('says what is broken, and exits 1', async () => {
    const { userId } = await seedMailbox(owner, 0);
    await owner.query('insert into credit_wallets (user_id, posted) values ($1, 5)', [userId]);
    const { status, out } = await drill(postgres.url);
    expect(status).toBe(1);
    expect(out).toContain(`I1 ${userId}: wallet says posted 5`);
  });

  it('refuses an account that would see nothing', async () => {
    await owner.query(`create role bound login password 'bound'`);
    const { status, err } = await drill(postgres.url.replace('postgres:postgres@', 'bound:bound@'));
    expect(status).toBe(1);
    expect(err).toContain('bound by row-level security');
  });
});
