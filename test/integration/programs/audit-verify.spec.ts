import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { AuditChain } from '../../../src/kernel/audit/audit-chain';
import { AuditChainRepository } from '../../../src/kernel/audit/audit-chain.repository';
import { PrismaConnection } from '../../../src/kernel/database/prisma-connection';
import { UnitOfWork } from '../../../src/kernel/database/unit-of-work';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { testEnv } from '../../support/env';

const root = join(__dirname, '..', '..', '..');

describe('npm run audit:verify', () => {
  let database: TestDatabase;
  let owner: Client;
  const ids = [uuidv7(), uuidv7()];
  beforeAll(async () => {
    database = await createTestDatabase();
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    for (const id of ids)
      await owner.query(`insert into audit_logs (id, actor_kind, action) values ($1, 'system', 'a.b')`, [id]);
    const connection = new PrismaConnection(testEnv(database.appUrl));
    await new AuditChain(new AuditChainRepository(new UnitOfWork(connection))).seal({ olderThanMs: 0 });
    await connection.onModuleDestroy();
  });
  afterAll(async () => {
    await owner.end();
    await database.drop();
  });

  const verify = (...args: string[]) => {
    const tsx = require.resolve('tsx/cli');
    return spawnSync(process.execPath, [tsx, join(root, 'src', 'audit-verify.ts'), ...args], {
      cwd: root,
      env: { PATH: process.env.PATH, DATABASE_URL: database.appUrl },
      encoding: 'utf8',
    });
  };

  it('prints the head of a chain in order and exits 0; says which rows are not in order and exits 1', async () => {
    const good = verify();
    expect(good).toMatchObject({ status: 0, stderr: '' });
    expect(good.stdout).toMatch(/^blocks: 1, rows: 2, head: 1:[0-9a-f]{64}\nfaults: 0\n$/);
    await owner.query("set session_replication_role = 'replica'");
    await owner.query('delete from audit_logs where id = $1', [ids[0]]);
    await owner.query("update audit_logs set action = 'a.c' where id = $1", [ids[1]]);
    const bad = verify(`1:${'0'.repeat(64)}`);
    expect(bad.status).toBe(1);
    expect(bad.stdout.split('\n')).toEqual([
      `block 1 row ${ids[0]} missing`,
      `block 1 row ${ids[1]} changed`,
      'block 1 the anchor is not in the chain',
      expect.stringMatching(/^blocks: 1/),
      'faults: 3',
      '',
    ]);
  });

  it('refuses an anchor that is none', () => {
    const { status, stderr } = verify('latest');
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'An anchor is SEQ:HASH, as a verification prints it\n',
    });
  });
});
