import { v7 as uuidv7 } from 'uuid';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database';
import { testEnv } from '../../../test/support/env';
import { PrismaConnection } from '../database/prisma-connection';
import { UnitOfWork } from '../database/unit-of-work';
import { type RequestContext, runInRequest } from '../http/request-context';
import { AuditLog } from './audit-log';
import { AuditRepository } from './audit.repository';

const [ada, bob] = [uuidv7(), uuidv7()];
const request: RequestContext = { requestId: 'req-12345', ip: '203.0.113.9', userId: ada, role: 'user' };

describe('AuditLog', () => {
  let database: TestDatabase;
  let connection: PrismaConnection;
  let owner: Client;
  let uow: UnitOfWork;
  let audit: AuditLog;
  const rows = async () =>
    (await owner.query<Record<string, unknown>>('select * from audit_logs order by id')).rows;

  beforeAll(async () => {
    database = await createTestDatabase();
    connection = new PrismaConnection(testEnv(database.appUrl));
    uow = new UnitOfWork(connection);
    audit = new AuditLog(uow, new AuditRepository(uow));
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
  });
  afterEach(() =>
    owner.query(
      "set session_replication_role = 'replica'; delete from audit_logs; reset session_replication_role",
    ),
  );
  afterAll(async () => {
    await owner.end();
    await connection.onModuleDestroy();
    await database.drop();
  });

  it('says who did what to what, in which request and from where', async () => {
    const entry = {
      action: 'auth.password-changed',
      targetType: 'user',
      targetId: ada,
      changes: { sessions: 3 },
    };
    await runInRequest(request, () => uow.asUser(ada, () => audit.record(entry)));
    expect(await rows()).toMatchObject([
      {
        user_id: ada,
        actor_kind: 'user',
        actor_id: ada,
        action: 'auth.password-changed',
        target_type: 'user',
        target_id: ada,
        request_id: 'req-12345',
        ip_address: '203.0.113.9',
        changes: { sessions: 3 },
      },
    ]);
  });

  it('leaves secrets and mail out of the changes', async () => {
    const changes = {
      role: 'admin',
      nested: { passwordHash: 'canary', refresh_token: 'canary' },
      text: 'canary',
      since: new Date(0),
    };
    await uow.asService('spec', () => audit.record({ action: 'admin.user-changed', userId: bob, changes }));
    const [row] = await rows();
    expect(JSON.stringify(row)).not.toContain('canary');
    expect(row?.changes).toMatchObject({ role: 'admin', since: '1970-01-01T00:00:00.000Z' });
  });

  it("tells an administrator's act in the trail of the user it was done to", async () => {
    await runInRequest({ ...request, role: 'admin' }, () =>
      uow.asService('spec', () => audit.record({ action: 'admin.user-suspended', userId: bob })),
    );
    expect(await rows()).toMatchObject([{ user_id: bob, actor_kind: 'admin', actor_id: ada }]);
  });

  it('calls the system the actor where no request is served', async () => {
    await uow.asService('spec', () =>
      audit.record({ action: 'jobs.retired', targetType: 'job', targetId: '7' }),
    );
    expect(await rows()).toMatchObject([
      { user_id: null, actor_kind: 'system', actor_id: null, request_id: null },
    ]);
  });

  // Mutant: a row written through a connection of its own.
  it('rolls back with the change it tells of', async () => {
    const attempt = uow.asUser(ada, async () => {
      await audit.record({ action: 'auth.password-changed', userId: ada });
      throw new Error('changed my mind');
    });
    await expect(attempt).rejects.toThrow('changed my mind');
    expect(await rows()).toEqual([]);
  });

  it('refuses to record without a transaction', async () => {
    const refusal = { code: 'kernel.audit-outside-transaction' };
    await expect(audit.record({ action: 'a.b' })).rejects.toMatchObject(refusal);
    await expect(uow.readAsUser(ada, () => audit.record({ action: 'a.b' }))).rejects.toMatchObject(refusal);
  });

  it("lets no user write into another's trail, and nobody change a row", async () => {
    await expect(uow.asUser(ada, () => audit.record({ action: 'a.b', userId: bob }))).rejects.toThrow();
    await uow.asUser(ada, () => audit.record({ action: 'a.b', userId: ada }));
    await expect(owner.query("update audit_logs set action = 'c.d'")).rejects.toThrow('append-only');
    await expect(owner.query('delete from audit_logs')).rejects.toThrow('append-only');
  });
});
