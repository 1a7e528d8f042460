import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Test, type TestingModule } from '@nestjs/testing';
import { v7 as uuidv7 } from 'uuid';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database';
import { testEnv } from '../../../test/support/env';
import { isPooled } from '../../../test/support/pooler';
import { ConfigModule } from '../config/config.module';
import { MetricsModule } from '../observability/metrics.module';
import { DatabaseModule } from './database.module';
import { Prisma } from './generated/client';
import { PrismaConnection } from './prisma-connection';
import { UnitOfWork } from './unit-of-work';

/** A pooler that keeps no prepared statements is told none. */
const variants = isPooled ? [['false']] : [['false'], ['true']];

describe.each(variants)('the unit of work (prepared statements: %s)', (prepared) => {
  let database: TestDatabase;
  let module: TestingModule;
  let uow: UnitOfWork;
  const ada = uuidv7();
  const ben = uuidv7();

  const addUser = (id: string) =>
    uow.db
      .$executeRaw`insert into users (id, email, name) values (${id}::uuid, ${`${id}@example.com`}, 'Someone')`;
  const visibleUsers = async () => (await uow.db.user.findMany({ select: { id: true } })).map(({ id }) => id);

  beforeAll(async () => {
    database = await createTestDatabase();
    const env = testEnv(database.appUrl, { DATABASE_PREPARED_STATEMENTS: prepared });
    module = await Test.createTestingModule({
      imports: [ConfigModule.for(env), MetricsModule, DatabaseModule],
    }).compile();
    uow = module.get(UnitOfWork);
    await uow.asService('arrange', async () => {
      await addUser(ada);
      await addUser(ben);
    });
  });
  afterAll(async () => {
    await module.close();
    await database.drop();
  });

  it('shows a user their own rows alone, in transactions and in single reads', async () => {
    expect(await uow.asUser(ada, visibleUsers)).toEqual([ada]);
    expect(await uow.readAsUser(ben, visibleUsers)).toEqual([ben]);
    expect((await uow.readAsService('look', visibleUsers)).sort()).toEqual([ada, ben].sort());
  });

  it('keeps concurrent identities apart on a shared pool', async () => {
    const seen = await Promise.all(
      Array.from({ length: 60 }, (_, index) => uow.readAsUser(index % 2 ? ada : ben, visibleUsers)),
    );
    seen.forEach((ids, index) => expect(ids).toEqual([index % 2 ? ada : ben]));
  });

  // Mutant: findUnique in its place, of which Prisma makes one statement for both.
  it('keeps those apart who look for one row at the same moment', async () => {
    const find = (id: string) => uow.readAsUser(id, () => uow.db.user.findFirst({ where: { id } }));
    const [first, second] = await Promise.all([find(ada), find(ben)]);
    expect([first?.id, second?.id]).toEqual([ada, ben]);
  });

  it('is the only door: without it there is no database', () => {
    expect(() => uow.db).toThrow('outside of a unit of work');
  });

  it('gives the login role no access of its own', async () => {
    const connection = module.get(PrismaConnection);
    await expect(connection.client.user.findMany()).rejects.toThrow('outside of a unit of work');
    const client = await connection.pool.connect();
    try {
      await expect(client.query('select * from users')).rejects.toThrow('permission denied');
    } finally {
      client.release();
    }
  });

  /** What the one connection sends meanwhile, and after how many answers. */
  const sentDuring = async (work: () => Promise<unknown>): Promise<string[]> => {
    const { pool } = module.get(PrismaConnection);
    const client = await pool.connect();
    const sent: string[] = [];
    const answered: string[] = [];
    const query = client.query.bind(client) as unknown as (statement: unknown, done: () => void) => void;
    client.query = ((statement: unknown, done: (...outcome: unknown[]) => void) => {
      sent.push(`${sent.length} after ${answered.length} answers`);
      query(statement, (...outcome: unknown[]) => {
        answered.push('answer');
        done(...outcome);
      });
    }) as unknown as typeof client.query;
    client.release();
    await work();
    client.query = query as unknown as typeof client.query;
    return sent;
  };

  it('costs a read one round trip: nothing of its three statements waits for an answer', async () => {
    expect(await sentDuring(() => uow.readAsUser(ada, visibleUsers))).toEqual([
      '0 after 0 answers',
      '1 after 0 answers',
      '2 after 0 answers',
    ]);
  });

  it('costs a transaction a round trip for its statements of one moment, and one for its end', async () => {
    const nothing = () => uow.run(Prisma.sql`update users set name = name where id = ${ben}::uuid`);
    const work = () => Promise.all([nothing(), nothing()]);
    expect(await sentDuring(() => uow.asUser(ada, work))).toEqual([
      '0 after 0 answers',
      '1 after 0 answers',
      '2 after 0 answers',
      '3 after 3 answers',
    ]);
  });

  // Mutants: each statement sent as it is asked for; nothing held back until the program waits.
  it('sends the statements of one moment, and what begins them, as one packet', async () => {
    await uow.asUser(ada, visibleUsers); // connected, and prepared
    const writes = (['_write', '_writev'] as const).map((name) => jest.spyOn(Socket.prototype, name));
    const nothing = () => uow.run(Prisma.sql`update users set name = name where id = ${ben}::uuid`);
    await uow.asUser(ada, () => Promise.all([nothing(), nothing(), Promise.resolve().then(nothing)]));
    const packets = writes.reduce((sum, { mock }) => sum + mock.calls.length, 0);
    for (const write of writes) write.mockRestore();
    expect(packets).toBe(2); // and one for its end
  });

  it('has one transaction for what goes through Prisma and what goes past it', async () => {
    const [direct, model, several] = [uuidv7(), uuidv7(), uuidv7()];
    const user = (id: string) => ({ id, email: `${id}@example.com`, name: 'Someone' });
    const work = async (): Promise<number> => {
      const { email, name } = user(direct);
      const changed = await uow.run(
        Prisma.sql`insert into users (id, email, name) values (${direct}::uuid, ${email}, ${name})`,
      );
      await uow.db.user.create({ data: user(model) });
      // Prisma makes more than one statement of this, and of those a transaction.
      await uow.db.user.create({ data: { ...user(several), usage: { create: { day: new Date() } } } });
      const found = await uow.rows<{ id: string }>(
        Prisma.sql`select id from users where id = any(${[direct, model, several]}::uuid[])`,
      );
      return changed + found.length;
    };
    const failing = uow.asService('add and fail', async () => {
      expect(await work()).toBe(4);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await uow.readAsService('look', visibleUsers)).toHaveLength(2);
    expect(await uow.asService('add', work)).toBe(4);
    expect(await uow.readAsService('look', visibleUsers)).toEqual(
      expect.arrayContaining([direct, model, several]),
    );
  });

  // Mutant: a commit that does not look at what Postgres made of it.
  it('never takes a rollback for a commit', async () => {
    const swallowing = uow.asService('swallow a fault', async () => {
      await uow.run(Prisma.sql`select * from no_such_table`).catch(() => undefined);
    });
    await expect(swallowing).rejects.toThrow('rolled back');
    expect(await uow.readAsUser(ada, visibleUsers)).toEqual([ada]);
  });

  it('gives up a transaction that takes too long, and lets nothing of it be committed', async () => {
    const { pool } = module.get(PrismaConnection);
    const transaction = await pool.begin({ role: 'inbrief_service', reason: 'dawdle' }, 30);
    const text = `update users set name = 'Late' where id = '${ada}'`;
    expect((await transaction.query({ text })).rowCount).toBe(1);
    await sleep(60);
    await expect(transaction.query({ text })).rejects.toThrow('longer than 30 ms');
    await expect(transaction.commit()).rejects.toThrow('longer than 30 ms');
    const user = await uow.readAsUser(ada, () => uow.db.user.findFirst());
    expect(user?.name).toBe('Someone');
    expect(pool.idleCount).toBe(pool.totalCount);
  });

  it('joins an inner unit of work of the same identity to the outer transaction', async () => {
    const id = uuidv7();
    const failing = uow.asService('outer', async () => {
      await uow.asService('inner', () => addUser(id));
      throw new Error('the outer one fails');
    });
    await expect(failing).rejects.toThrow('the outer one fails');
    expect(await uow.readAsService('look', visibleUsers)).not.toContain(id);
  });

  it('refuses to change whom a transaction acts for', async () => {
    await expect(uow.asUser(ada, () => uow.asService('escape', visibleUsers))).rejects.toThrow(
      'cannot change',
    );
    await expect(uow.asUser(ada, () => uow.readAsUser(ben, visibleUsers))).rejects.toThrow('cannot change');
  });

  it('runs what waits for the commit after it, and never after a rollback', async () => {
    const ran: string[] = [];
    await uow.asUser(ada, async () => {
      uow.afterCommit(() => ran.push('committed'));
      expect(ran).toEqual([]);
      await visibleUsers();
    });
    await expect(
      uow.asUser(ada, () => {
        uow.afterCommit(() => ran.push('rolled back'));
        return Promise.reject(new Error('no'));
      }),
    ).rejects.toThrow('no');
    expect(ran).toEqual(['committed']);
    await uow.readAsUser(ada, async () => {
      await visibleUsers();
      uow.afterCommit(() => ran.push('a statement by itself'));
    });
    expect(ran).toEqual(['committed', 'a statement by itself']);
    expect(() => uow.afterCommit(() => undefined)).toThrow('outside of a unit of work');
  });

  it('keeps a connection usable after a statement that Postgres refused', async () => {
    const bad = () => uow.readAsUser(ada, () => uow.db.$queryRaw`select * from no_such_table`);
    await Promise.all(Array.from({ length: 20 }, () => expect(bad()).rejects.toThrow('no_such_table')));
    expect(await uow.readAsUser(ada, visibleUsers)).toEqual([ada]);
  });
});
