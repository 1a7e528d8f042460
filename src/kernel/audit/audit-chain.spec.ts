import { Logger } from '@nestjs/common';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database';
import { testEnv } from '../../../test/support/env';
import { PrismaConnection } from '../database/prisma-connection';
import { UnitOfWork } from '../database/unit-of-work';
import { runInRequest } from '../http/request-context';
import { AuditChain, type AuditReport } from './audit-chain';
import { AuditChainRepository } from './audit-chain.repository';
import { AuditLog } from './audit-log';
import { AuditRepository } from './audit.repository';
import { SealAuditLog } from './seal-audit-log';

const ada = '0190f5a2-7c1e-7d3a-9a55-1f2e3d4c5b6a';
const atOnce = { olderThanMs: 0 };

describe('the chain over the audit log', () => {
  let database: TestDatabase;
  let connection: PrismaConnection;
  let owner: Client;
  let uow: UnitOfWork;
  let audit: AuditLog;
  let chain: AuditChain;

  beforeAll(async () => {
    database = await createTestDatabase();
    connection = new PrismaConnection(testEnv(database.appUrl));
    uow = new UnitOfWork(connection);
    audit = new AuditLog(uow, new AuditRepository(uow));
    chain = new AuditChain(new AuditChainRepository(uow));
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
  });
  afterEach(() =>
    owner.query(
      "set session_replication_role = 'replica'; delete from audit_logs; delete from audit_blocks; reset session_replication_role",
    ),
  );
  afterAll(async () => {
    await owner.end();
    await connection.onModuleDestroy();
    await database.drop();
  });

  /** What somebody does who owns the server and has switched the triggers off. */
  async function tamper(sql: string, values: unknown[] = []): Promise<void> {
    await owner.query("set session_replication_role = 'replica'");
    expect((await owner.query(sql, values)).rowCount).toBeGreaterThan(0);
    await owner.query('reset session_replication_role');
  }

  /** `count` rows, each of a transaction of its own, with everything that a row can hold. */
  async function write(count: number): Promise<void> {
    for (let index = 0; index < count; index++) {
      const changes = { index, ratio: 1.5, deep: { b: [null, true, '€ \u{1f600}'], a: 'ß' } };
      await runInRequest({ requestId: `req-${index}`, ip: '203.0.113.9', userId: ada, role: 'user' }, () =>
        uow.asUser(ada, () =>
          audit.record({ action: 'spec.done', targetType: 'thing', targetId: `${index}`, changes }),
        ),
      );
    }
  }

  const rowId = async (index: number): Promise<string> =>
    (await owner.query<{ id: string }>('select id from audit_logs where target_id = $1', [`${index}`]))
      .rows[0]?.id ?? '';
  const faultsOf = ({ faults }: AuditReport) => faults.map(({ rowId, what }) => rowId ?? what);

  async function threeBlocksOfFour(): Promise<void> {
    await write(12);
    for (let block = 1; block <= 3; block++)
      expect(await chain.seal({ ...atOnce, most: 4 })).toMatchObject({ seq: BigInt(block), rows: 4 });
  }

  it('seals every row once, in order, and finds nothing wrong with it', async () => {
    expect(await chain.verify()).toEqual({ blocks: 0, rows: 0, faults: [] });
    await threeBlocksOfFour();
    expect(await chain.seal(atOnce)).toBeUndefined();
    const report = await chain.verify();
    expect(report).toMatchObject({ blocks: 3, rows: 12, head: { block: 3n }, faults: [] });
    const elsewhere = new PrismaConnection(
      testEnv(`${database.appUrl}?options=-c%20timezone%3DAsia/Kolkata`),
    );
    const there = new AuditChain(new AuditChainRepository(new UnitOfWork(elsewhere)));
    expect(await there.verify()).toEqual(report);
    await elsewhere.onModuleDestroy();
  });

  it('leaves rows alone whose transactions may still be under way', async () => {
    await write(1);
    expect(await chain.seal()).toBeUndefined();
    expect(await new SealAuditLog(chain).sealOnce()).toBe(false);
    await tamper(`update audit_logs set occurred_at = occurred_at - interval '61 seconds'`);
    jest.spyOn(Logger.prototype, 'log').mockImplementation();
    expect(await new SealAuditLog(chain).sealOnce()).toBe(true);
  });

  // Mutant caught: "rows behind the last one sealed" instead of "rows in no block".
  it('passes no row over that committed after a younger one was sealed', async () => {
    await owner.query('begin');
    await owner.query(
      `insert into audit_logs (id, actor_kind, action) values ('0190f5a2-7c1e-7d3a-9a55-000000000001', 'system', 'spec.slow')`,
    );
    await write(1);
    expect(await chain.seal(atOnce)).toMatchObject({ rows: 1 });
    await owner.query('commit');
    expect(await chain.seal(atOnce)).toMatchObject({ seq: 2n, rows: 1 });
    expect(await chain.verify()).toMatchObject({ rows: 2, faults: [] });
  });

  // Mutant caught: the key of audit_blocks on something else than seq, so that the chain forks.
  it('is appended to by one of many processes at a time', async () => {
    await write(20);
    while (
      (await Promise.all(Array.from({ length: 4 }, () => chain.seal({ ...atOnce, most: 3 })))).some(Boolean)
    );
    expect(await chain.verify()).toMatchObject({ blocks: 7, rows: 20, faults: [] });
  });

  // Mutant caught, one for each column: it stands in no digest.
  it('finds a row of which anything was changed', async () => {
    await threeBlocksOfFour();
    const changes = [
      'user_id = null',
      "actor_kind = 'admin'",
      'actor_id = null',
      "action = 'spec.undone'",
      "target_type = 'user'",
      "target_id = 'x'",
      'request_id = null',
      `changes = changes || '{"index": 99}'`,
      "occurred_at = occurred_at + interval '1 microsecond'",
      'id = gen_random_uuid()',
      'address_digest = sha256(address_salt)',
      "ip_address = '198.51.100.1'",
    ];
    const ids: string[] = [];
    for (const index of changes.keys()) ids.push(await rowId(index));
    for (const [index, change] of changes.entries())
      await tamper(`update audit_logs set ${change} where id = $1`, [ids[index]]);
    expect(faultsOf(await chain.verify())).toEqual(ids);
  });

  it('finds a row that was removed', async () => {
    await threeBlocksOfFour();
    const id = await rowId(11);
    await tamper('delete from audit_logs where id = $1', [id]);
    expect((await chain.verify()).faults).toEqual([{ block: 3n, rowId: id, what: 'missing' }]);
  });

  it('finds a row that was slipped in', async () => {
    await threeBlocksOfFour();
    const id = '0190f5a2-7c1e-7d3a-9a55-000000000002';
    const sql = `insert into audit_logs (id, actor_kind, action, occurred_at) values ($1, 'admin', 'a.b', now() - interval '1 hour')`;
    await tamper(sql, [id]);
    expect(await chain.seal(atOnce)).toBeUndefined();
    expect((await chain.verify()).faults).toEqual([{ rowId: id, what: 'inserted' }]);
  });

  it('finds two rows that changed places, in the log or in their block', async () => {
    await threeBlocksOfFour();
    const [one, two] = [await rowId(5), await rowId(6)];
    await tamper(
      `update audit_logs a set occurred_at = b.occurred_at from audit_logs b
       where a.id <> b.id and a.id = any($1) and b.id = any($1)`,
      [[one, two]],
    );
    expect(faultsOf(await chain.verify()).sort()).toEqual([one, two].sort());
    await tamper(
      `update audit_logs a set occurred_at = b.occurred_at from audit_logs b
       where a.id <> b.id and a.id = any($1) and b.id = any($1)`,
      [[one, two]],
    );
    expect(faultsOf(await chain.verify())).toEqual([]);
    await tamper(
      `update audit_blocks set ids = array[ids[1], ids[3], ids[2], ids[4]],
         digests = array[digests[1], digests[3], digests[2], digests[4]] where seq = 2`,
    );
    expect((await chain.verify()).faults).toEqual([
      { block: 2n, what: 'is not what was sealed' },
      { block: 2n, rowId: one, what: 'reordered' },
    ]);
  });

  it.each([
    ['removed', 'delete from audit_blocks where seq = 2', ['follows block 1: blocks in between are missing']],
    [
      'cut short',
      'update audit_blocks set ids = ids[1:3], digests = digests[1:3] where seq = 2',
      ['is not what was sealed'],
    ],
    [
      'moved in time',
      `update audit_blocks set through = through - interval '1 day' where seq = 2`,
      ['is not what was sealed'],
    ],
    [
      'sealed anew',
      `update audit_blocks set hash = sha256(hash) where seq = 2`,
      ['is not what was sealed', 'does not follow the block before it'],
    ],
  ])('finds a block that was %s', async (_what, sql, words) => {
    await threeBlocksOfFour();
    await tamper(sql);
    expect((await chain.verify()).faults.map(({ what }) => what)).toEqual(words);
  });

  // What no chain shows by itself: somebody rewrote it from one row to its end, or cut its end off.
  it('shows by an anchor that the whole chain was rewritten', async () => {
    await threeBlocksOfFour();
    const { head } = await chain.verify();
    expect(await chain.head()).toEqual(head);
    expect((await chain.verify(head)).faults).toEqual([]);
    await write(1);
    await chain.seal(atOnce);
    expect((await chain.verify(head)).faults).toEqual([]);
    await tamper('delete from audit_blocks');
    await tamper("update audit_logs set action = 'spec.other' where target_id = '5'");
    while (await chain.seal({ ...atOnce, most: 4 }));
    expect((await chain.verify()).faults).toEqual([]);
    expect((await chain.verify(head)).faults).toEqual([
      { block: 3n, what: 'the anchor is not in the chain' },
    ]);
  });

  it('outlives the erasure of addresses, and nothing else can be erased', async () => {
    await threeBlocksOfFour();
    await uow.asService('spec', () => audit.eraseAddressesOf(ada));
    const { rows } = await owner.query('select distinct ip_address, address_salt from audit_logs');
    expect(rows).toEqual([{ ip_address: null, address_salt: null }]);
    expect((await chain.verify()).faults).toEqual([]);
    await expect(owner.query("update audit_logs set ip_address = null, action = 'a.b'")).rejects.toThrow(
      'append-only',
    );
    await expect(owner.query("update audit_logs set ip_address = '::1'")).rejects.toThrow('append-only');
    await expect(owner.query('update audit_blocks set previous = hash')).rejects.toThrow('append-only');
    await expect(owner.query('truncate audit_blocks')).rejects.toThrow('append-only');
  });

  it('lets addresses of a year ago go', async () => {
    await write(2);
    await tamper(`update audit_logs set occurred_at = now() - interval '2 years' where target_id = '0'`);
    await uow.asService('spec', () => audit.eraseAddressesBefore(new Date(Date.now() - 365 * 86_400_000)));
    const { rows } = await owner.query('select ip_address from audit_logs order by target_id');
    expect(rows).toEqual([{ ip_address: null }, { ip_address: '203.0.113.9' }]);
  });
});
