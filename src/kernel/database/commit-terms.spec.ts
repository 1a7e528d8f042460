import { Socket } from 'node:net';
import { Test, type TestingModule } from '@nestjs/testing';
import { v7 as uuidv7 } from 'uuid';
import { createTestDatabase, type TestDatabase, waitForTheDisk } from '../../../test/support/database';
import { testEnv } from '../../../test/support/env';
import { ConfigModule } from '../config/config.module';
import { MetricsModule } from '../observability/metrics.module';
import { DatabaseModule } from './database.module';
import { Prisma } from './generated/client';
import { isRefusal } from './refusal';
import { UnitOfWork } from './unit-of-work';

let database: TestDatabase;
let app: TestingModule;
let uow: UnitOfWork;
const [ada, ben] = [uuidv7(), uuidv7()];

beforeAll(async () => {
  database = await createTestDatabase();
  await waitForTheDisk(database);
  app = await Test.createTestingModule({
    imports: [ConfigModule.for(testEnv(database.appUrl)), MetricsModule, DatabaseModule],
  }).compile();
  uow = app.get(UnitOfWork);
  await uow.asService('arrange', () =>
    uow.run(Prisma.sql`insert into users (id, email, name) values
      (${ada}::uuid, 'ada@example.com', 'Someone'), (${ben}::uuid, 'ben@example.com', 'Someone')`),
  );
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

describe('a transaction that ends at once', () => {
  const atOnce = { atOnce: true };
  const rename = (id: string, name: string) =>
    uow.run(Prisma.sql`update users set name = ${name} where id = ${id}::uuid`);
  const namesOf = async () => {
    const where = { id: { in: [ada, ben] } };
    const users = await uow.readAsService('look', () => uow.db.user.findMany({ where }));
    return users.map(({ name }) => name).sort();
  };

  // Mutant: a commit that waits for the answers, so that what is locked stays so for a round trip.
  it('sends its statements and their commit as one packet', async () => {
    await uow.asService('warm up', () => rename(ada, 'Ada'), atOnce);
    const writes = (['_write', '_writev'] as const).map((name) => jest.spyOn(Socket.prototype, name));
    const later = () => Promise.resolve().then(() => rename(ben, 'Ben'));
    await uow.asService('rename', () => Promise.all([rename(ada, 'Ada L.'), later()]), atOnce);
    const packets = writes.reduce((sum, { mock }) => sum + mock.calls.length, 0);
    for (const write of writes) write.mockRestore();
    expect(packets).toBe(1);
    expect(await namesOf()).toEqual(['Ada L.', 'Ben']);
  });

  // Mutants: a failed statement whose commit counts; a refusal that is taken for a fault of the database.
  it('commits all of it or nothing, and tells what the database refused', async () => {
    const refuse = () => uow.run(Prisma.sql`select refuse('not this time') where ${true}::boolean`);
    const ran: string[] = [];
    const renaming = () => {
      uow.afterCommit(() => ran.push('committed'));
      return Promise.all([rename(ada, 'Nobody'), refuse(), rename(ben, 'Nobody')]);
    };
    const error: unknown = await uow.asService('rename', renaming, atOnce).catch((fault: unknown) => fault);
    expect([isRefusal(error), String(error)]).toEqual([true, 'error: not this time']);
    expect(await namesOf()).toEqual(['Ada L.', 'Ben']);
    expect(ran).toEqual([]);
  });

  // Mutant: a commit of whatever was asked for before the program itself failed: a job done, and no summary.
  it('commits nothing of work that fails by itself', async () => {
    const halfway = async (): Promise<void> => {
      void rename(ada, 'Half').catch(() => undefined);
      await Promise.resolve();
      throw new Error('by itself');
    };
    await expect(uow.asService('rename', halfway, atOnce)).rejects.toThrow('by itself');
    expect(await namesOf()).toEqual(['Ada L.', 'Ben']);
  });

  it('refuses a statement that waits for an answer first', async () => {
    const waiting = async () => {
      await rename(ada, 'Ada');
      await rename(ben, 'Too late');
    };
    await expect(uow.asService('rename', waiting, atOnce)).rejects.toThrow('has ended');
    expect(await namesOf()).toEqual(['Ada', 'Ben']);
  });
});

describe('a transaction that is asked for again until it is done', () => {
  const repeated = { repeated: true };
  const waitsForTheDisk = async () => {
    const [row] = await uow.rows<{ commit: string }>(
      Prisma.sql`select current_setting('synchronous_commit') as commit`,
    );
    return row?.commit === 'on';
  };

  // Mutants: every transaction commits unawaited; the setting outlives its transaction on a connection of the pool.
  it('does not wait for the disk, and is the only one that does not', async () => {
    for (let round = 0; round < 12; round += 1) {
      expect(await uow.asService('for an event', waitsForTheDisk, repeated)).toBe(false);
      expect(await uow.asService('for a person', waitsForTheDisk)).toBe(true);
      expect(await uow.readAsService('look', waitsForTheDisk)).toBe(true);
    }
  });

  // Mutant: an inner unit of work that changes how what a person was told commits.
  it('waits where it has joined one that does', async () => {
    const joined = () => uow.asService('for an event', waitsForTheDisk, repeated);
    expect(await uow.asService('for a person', joined)).toBe(true);
  });
});
