import { setTimeout as sleep } from 'node:timers/promises';
import { Test, type TestingModule } from '@nestjs/testing';
import { Command, CommandHandler, type ICommand, type ICommandHandler } from '@nestjs/cqrs';
import { v7 as uuidv7 } from 'uuid';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database';
import { testEnv } from '../../../test/support/env';
import { AuditModule } from '../audit/audit.module';
import { ConfigModule } from '../config/config.module';
import { type DomainEvent, Event, revive } from '../cqrs/domain-event';
import { type Saga, SagaOn } from '../cqrs/saga';
import { DatabaseModule } from '../database/database.module';
import { MetricsModule } from '../observability/metrics.module';
import { UnitOfWork } from '../database/unit-of-work';
import { Outbox } from './outbox';
import { OutboxModule } from './outbox.module';
import { OutboxRelay } from './outbox-relay';
import { OutboxRepository } from './outbox.repository';

@Event('test.kettle-boiled.v1', 'kettleId')
class KettleBoiled implements DomainEvent {
  readonly userId = null;
  constructor(readonly kettleId: string) {}
}

class PourTea extends Command<void> {
  constructor(readonly kettleId: string) {
    super();
  }
}

const poured: string[] = [];
let failuresLeft = 0;
let pourMs = 0;

@CommandHandler(PourTea)
class PourTeaHandler implements ICommandHandler<PourTea> {
  async execute({ kettleId }: PourTea): Promise<void> {
    if (failuresLeft > 0) {
      failuresLeft -= 1;
      throw new Error('the cup was missing');
    }
    poured.push(kettleId);
    await sleep(pourMs);
  }
}

@SagaOn(KettleBoiled)
class PourOnKettleBoiled implements Saga<KettleBoiled> {
  react({ kettleId }: KettleBoiled): ICommand[] {
    return [new PourTea(kettleId)];
  }
}

describe('the outbox', () => {
  let database: TestDatabase;
  let module: TestingModule;
  let uow: UnitOfWork;
  let outbox: Outbox;
  let relay: OutboxRelay;

  const messages = () =>
    uow.readAsService(
      'look',
      () =>
        uow.db.$queryRaw<{ published: boolean; dead: boolean; attempts: number; subjectId: string }[]>`
        select published_at is not null as published, dead_at is not null as dead, attempts, subject_id as "subjectId"
        from outbox_messages order by occurred_at`,
    );
  const makeDue = () =>
    uow.asService('hurry', () => uow.db.$executeRaw`update outbox_messages set available_at = now()`);

  beforeAll(async () => {
    database = await createTestDatabase();
    module = await Test.createTestingModule({
      imports: [
        ConfigModule.for(testEnv(database.appUrl, { JOB_LEASE_MS: '1000' })),
        MetricsModule,
        DatabaseModule,
        AuditModule,
        OutboxModule,
      ],
      providers: [PourTeaHandler, PourOnKettleBoiled],
    }).compile();
    await module.init();
    [uow, outbox, relay] = [module.get(UnitOfWork), module.get(Outbox), module.get(OutboxRelay)];
  });
  beforeEach(async () => {
    poured.length = 0;
    failuresLeft = 0;
    pourMs = 0;
    await uow.asService('clear', () => uow.db.outboxMessage.deleteMany());
  });
  afterAll(async () => {
    await module.close();
    await database.drop();
  });

  it("turns a committed event into its saga's command, once", async () => {
    const kettleId = uuidv7();
    await uow.asService('boil', () => outbox.publish(new KettleBoiled(kettleId)));
    await relay.relayOnce();
    await relay.relayOnce();
    expect(poured).toEqual([kettleId]);
    expect(await messages()).toEqual([{ published: true, dead: false, attempts: 1, subjectId: kettleId }]);
  });

  // Mutant: a publish that does not join the transaction leaves a message behind after the rollback.
  it('forgets the event of a transaction that rolls back', async () => {
    const failing = uow.asService('boil', async () => {
      await outbox.publish(new KettleBoiled(uuidv7()));
      throw new Error('the gas went out');
    });
    await expect(failing).rejects.toThrow('the gas went out');
    expect(await messages()).toEqual([]);
    await relay.relayOnce();
    expect(poured).toEqual([]);
  });

  // Mutant: publishing outside of the transaction, so that a crash between the two loses one of them.
  it('refuses an event without a transaction to commit with', async () => {
    await expect(outbox.publish(new KettleBoiled(uuidv7()))).rejects.toThrow('must commit with its rows');
    await expect(uow.readAsService('read', () => outbox.publish(new KettleBoiled(uuidv7())))).rejects.toThrow(
      'must commit with its rows',
    );
    expect(await messages()).toEqual([]);
  });

  // Mutant: marking a message published before its commands succeeded.
  it('retries a command that failed once, and loses nothing', async () => {
    const kettleId = uuidv7();
    failuresLeft = 1;
    await uow.asService('boil', () => outbox.publish(new KettleBoiled(kettleId)));
    await relay.relayOnce();
    expect(poured).toEqual([]);
    expect(await messages()).toMatchObject([{ published: false, attempts: 1 }]);
    await makeDue();
    await relay.relayOnce();
    expect(poured).toEqual([kettleId]);
    expect(await messages()).toMatchObject([{ published: true, attempts: 2 }]);
  });

  it('does not let one failing message hold the others up', async () => {
    failuresLeft = 1;
    await uow.asService('boil', () =>
      outbox.publish(...Array.from({ length: 10 }, () => new KettleBoiled(uuidv7()))),
    );
    await relay.relayOnce();
    expect(poured).toHaveLength(9);
  });

  it('gives a message up after twelve attempts and keeps it for an administrator', async () => {
    failuresLeft = Number.POSITIVE_INFINITY;
    await uow.asService('boil', () => outbox.publish(new KettleBoiled(uuidv7())));
    for (let attempt = 1; attempt <= 13; attempt += 1) {
      await makeDue();
      await relay.relayOnce();
    }
    expect(await messages()).toMatchObject([{ published: false, dead: true, attempts: 12 }]);
  });

  it('keeps an event that this build does not know', async () => {
    expect(revive('test.unknown.v1', {})).toBeUndefined();
    await uow.asService('write', () =>
      uow.db.outboxMessage.create({
        data: { id: uuidv7(), type: 'test.unknown.v1', payload: {} },
        select: { id: true },
      }),
    );
    await relay.relayOnce();
    expect(await messages()).toMatchObject([{ published: false, attempts: 1 }]);
  });

  it('shares the messages among relays, so that each is delivered once', async () => {
    const kettles = Array.from({ length: 250 }, () => uuidv7());
    await uow.asService('boil', () => outbox.publish(...kettles.map((id) => new KettleBoiled(id))));
    await Promise.all(Array.from({ length: 5 }, () => relay.relayOnce()));
    expect([...poured].sort()).toEqual([...kettles].sort());
  });

  // Mutant: without renewal a command that outlasts the claim is executed again beside itself.
  it('keeps its claim for as long as a command takes', async () => {
    pourMs = 1_600;
    await uow.asService('boil', () => outbox.publish(new KettleBoiled(uuidv7())));
    const slow = relay.relayOnce();
    await sleep(1_300);
    expect(await relay.relayOnce()).toBe(0);
    await slow;
    expect(poured).toHaveLength(1);
    expect(await messages()).toMatchObject([{ published: true, attempts: 1 }]);
  });

  // Mutant: a claim of a minute makes everything wait that long for a relay that died.
  it('takes over what a dead relay had claimed, one lease later', async () => {
    await uow.asService('boil', () => outbox.publish(new KettleBoiled(uuidv7())));
    await module.get(OutboxRepository).claim(10, 1_000);
    expect(await relay.relayOnce()).toBe(0);
    await sleep(1_050);
    expect(await relay.relayOnce()).toBe(1);
    expect(poured).toHaveLength(1);
  });

  it('is woken at once by a commit in its own process', async () => {
    relay.start();
    const kettleId = uuidv7();
    await uow.asService('boil', () => outbox.publish(new KettleBoiled(kettleId)));
    const deadline = Date.now() + 5_000;
    while (poured.length === 0 && Date.now() < deadline) await new Promise((wake) => setTimeout(wake, 10));
    await relay.stop();
    expect(poured).toEqual([kettleId]);
  });
});
