import { Logger } from '@nestjs/common';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { WalkMailbox } from '../../gmail/contracts';
import { EnvDto } from '../../kernel/config/env.dto';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { runAsWork } from '../../kernel/observability/work-context';
import { BackgroundJobsRepository, type LeasedSync } from '../background-jobs.repository';
import { LeaseKeeper } from '../lease-keeper';
import { RunEndings } from '../run-endings';

const maxAttempts = 20;
const longestPauseMs = 300_000;

/** Walks the mailbox that a queued sync names. A stale wake-up does nothing. */
export class RunSync extends Command<void> {
  constructor(
    readonly syncId: string,
    readonly dispatchId: string,
  ) {
    super();
  }
}

@CommandHandler(RunSync)
export class RunSyncHandler implements ICommandHandler<RunSync> {
  private readonly logger = new Logger(RunSyncHandler.name);

  constructor(
    private readonly env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly jobs: BackgroundJobsRepository,
    private readonly leases: LeaseKeeper,
    private readonly commands: CommandBus,
    private readonly endings: RunEndings,
  ) {}

  async execute({ syncId, dispatchId }: RunSync): Promise<void> {
    const sync = await this.uow.readAsService('start a sync', () =>
      this.jobs.lease(syncId, dispatchId, this.env.JOB_LEASE_MS),
    );
    if (sync)
      await this.leases.keep('sync', [sync.leaseToken], () =>
        runAsWork('sync mailbox', sync, () => this.walk(sync)),
      );
  }

  private async walk(sync: LeasedSync): Promise<void> {
    try {
      const walk = new WalkMailbox(sync.userId, sync.connectionId, sync.id, sync.args.maxMails);
      const result = await this.commands.execute(walk);
      await this.end(sync, 'done', result, null);
    } catch (error) {
      await this.settle(sync, error);
    }
  }

  /** A walk is resumable, so everything but a final refusal is tried again. */
  private async settle(sync: LeasedSync, error: unknown): Promise<void> {
    const known = error instanceof DomainError ? error : undefined;
    const reasonCode = known?.code ?? 'jobs.unexpected-error';
    const busy = known?.code === 'gmail.walk-in-progress';
    const final = known !== undefined && known.kind !== 'internal' && !known.retryable && !busy;
    this.logger.warn(
      { err: error, syncId: sync.id, attempts: sync.attempts },
      'A sync did not finish this time',
    );
    if (final || sync.attempts >= maxAttempts) return this.end(sync, 'failed', null, reasonCode);
    const pauseMs = Math.min(longestPauseMs, 1_000 * 2 ** Math.min(sync.attempts, 10));
    await this.uow.readAsService('put a sync back', () =>
      this.jobs.putBack(sync, reasonCode, Math.max(pauseMs, known?.retryAfterMs ?? 0)),
    );
  }

  /** The mails of a short run may all have ended before its walk does: then the run is over with the walk. */
  private end(...[sync, ...outcome]: Parameters<BackgroundJobsRepository['finish']>): Promise<void> {
    return this.uow.asService('finish a sync', async () => {
      await this.jobs.finish(sync, ...outcome);
      await this.endings.tell([sync.id]);
    });
  }
}
