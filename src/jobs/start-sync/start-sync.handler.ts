import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
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
    private readonly audit: AuditLog,
  ) {}

  async execute({ userId, connectionId, limits }: StartSyncs): Promise<StartedSyncDto> {
    const ready = await this.connections.of(userId, connectionId);
    return this.uow.asService('start a sync', async () => {
      const runs: StartedRunDto[] = [];
      for (const { id } of ready)
        runs.push({ connectionId: id, runId: await this.jobs.addSync(userId, id, 'user', limits) });
      const target = connectionId
        ? { targetType: 'gmail-connection', targetId: connectionId, userId }
        : { targetType: 'user', targetId: userId, userId };
      const changes = { runs: runs.map(({ runId }) => runId), ...limits };
      await this.audit.record({ action: 'jobs.sync-started', ...target, changes });
      return { runs };
    });
  }
}

@CommandHandler(StartSync)
export class StartSyncHandler implements ICommandHandler<StartSync> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly connections: ConnectionsToSync,
    private readonly jobs: BackgroundJobsRepository,
    private readonly audit: AuditLog,
  ) {}

  async execute({ userId, connectionId, trigger }: StartSync): Promise<{ runId: string }> {
    // Google's push and the clock name mailboxes that they have just found; a person may name anything.
    if (trigger === 'user') await this.connections.of(userId, connectionId);
    return this.uow.asService('start a sync', async () => {
      const runId = await this.jobs.addSync(userId, connectionId, trigger, {});
      // The clock's and Google's own triggers are upkeep; the run says which of them it was.
      if (trigger === 'user') {
        const target = { targetType: 'gmail-connection', targetId: connectionId, userId };
        await this.audit.record({ action: 'jobs.sync-started', ...target, changes: { runs: [runId] } });
      }
      return { runId };
    });
  }
}
