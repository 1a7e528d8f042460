import { Command, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { type ConnectionView, ListConnections } from '../../gmail/contracts';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { BackgroundJobsRepository, type SyncArgs } from '../background-jobs.repository';
import { StartSync } from '../contracts';
import type { StartedSyncDto } from './start-sync.dto';

/** Queues a sync of one mailbox of the user, or of every connected one. */
export class StartSyncs extends Command<StartedSyncDto> {
  constructor(
    readonly userId: string,
    readonly connectionId: string | undefined,
    readonly limits: SyncArgs,
  ) {
    super();
  }
}

@CommandHandler(StartSyncs)
export class StartSyncsHandler implements ICommandHandler<StartSyncs> {
  constructor(
    private readonly queries: QueryBus,
    private readonly uow: UnitOfWork,
    private readonly jobs: BackgroundJobsRepository,
  ) {}

  async execute({ userId, connectionId, limits }: StartSyncs): Promise<StartedSyncDto> {
    const connections = (await this.queries.execute(new ListConnections(userId))).filter(
      (connection) => connectionId === undefined || connection.id === connectionId,
    );
    if (connections.length === 0) throw connectionId === undefined ? noConnection() : unknownConnection();
    const ready = connections.filter((connection) => connection.status === 'connected');
    if (ready.length === 0) throw notReady(connections);
    return this.uow.asService('start a sync', async () => ({
      runs: await inOrder(ready, async ({ id }) => ({
        connectionId: id,
        runId: await this.jobs.addSync(userId, id, 'user', limits),
      })),
    }));
  }
}

@CommandHandler(StartSync)
export class StartSyncHandler implements ICommandHandler<StartSync> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly jobs: BackgroundJobsRepository,
  ) {}

  execute({ userId, connectionId, trigger }: StartSync): Promise<{ runId: string }> {
    return this.uow.asService('start a sync', async () => ({
      runId: await this.jobs.addSync(userId, connectionId, trigger, {}),
    }));
  }
}

async function inOrder<T, R>(items: T[], each: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await each(item));
  return results;
}

function noConnection(): DomainError {
  return new DomainError('conflict', 'jobs.no-connection', 'Connect a Gmail account first');
}

function unknownConnection(): DomainError {
  return new DomainError('not-found', 'gmail.connection-not-found', 'No such connection');
}

function notReady(connections: ConnectionView[]): DomainError {
  const [first] = connections;
  return new DomainError(
    'conflict',
    'jobs.connection-not-ready',
    `The mailbox is ${first?.status ?? 'not connected'}`,
  );
}
