import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { BackgroundJobsRepository, type SyncArgs } from '../background-jobs.repository';
import { StartSync } from '../contracts';
import { ConnectionsToSync } from './connections-to-sync';
import type { StartedRunDto, StartedSyncDto } from './start-sync.dto';

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
    private readonly uow: UnitOfWork,
    private readonly connections: ConnectionsToSync,
    private readonly jobs: BackgroundJobsRepository,
  ) {}

  async execute({ userId, connectionId, limits }: StartSyncs): Promise<StartedSyncDto> {
    const ready = await this.connections.of(userId, connectionId);
    return this.uow.asService('start a sync', async () => {
      const runs: StartedRunDto[] = [];
      for (const { id } of ready)
        runs.push({ connectionId: id, runId: await this.jobs.addSync(userId, id, 'user', limits) });
      return { runs };
    });
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
