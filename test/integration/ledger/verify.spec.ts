import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { seedMailbox } from '../../support/ledger-fixtures';

const root = join(__dirname, '..', '..', '..');

describe('npm run db:verify', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  const verify = (url = database.appUrl) => {
    const env = { PATH: process.env.PATH, DATABASE_URL: url };
    const tsx = require.resolve('tsx/cli');
    return spawnSync(process.execPath, [tsx, join(root, 'src', 'verify.ts')], {
      cwd: root,
      env,
      encoding: 'utf8',
    });
  };

  it('exits 0 for a database in order', () => {
    const { status, stdout } = verify();
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'violations: 0\n' });
  });

  it('names what is broken and exits 1, as the application as well as as its owner', async () => {
    const owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    const { userId } = await seedMailbox(owner, 0);
    await owner.query('insert into credit_wallets (user_id, posted) values ($1, 5)', [userId]);
    await owner.end();
    for (const url of [database.appUrl, database.ownerUrl]) {
      const { status, stdout } = verify(url);
      expect(status).toBe(1);
      expect(stdout).toContain(`I1 ${userId}: wallet says posted 5`);
      expect(stdout).toMatch(/violations: 3\n$/);
    }
  });

  it('says why it cannot look', () => {
    const { status, stderr } = verify('');
    expect(status).toBe(1);
    expect(stderr).toContain('Set DATABASE_URL');
  });
});
