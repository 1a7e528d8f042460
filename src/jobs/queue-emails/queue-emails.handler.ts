import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { HoldCredits } from '../../billing/contracts';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { SystemConfig } from '../../kernel/system-config/system-config';
import { BackgroundJobsRepository, type SyncArgs } from '../background-jobs.repository';
import { DispatchWakeUp } from '../dispatch-jobs/dispatch-wake-up';
import { reasons } from '../domain/reason-codes';
import { overnightAfterMails } from '../jobs.settings';
import { OvernightRepository } from '../overnight.repository';
import { ProcessingJobsRepository } from '../processing-jobs.repository';
import { RunEndings } from '../run-endings';

/**
 * Makes a job of each discovered mail and queues as many, newest first, as the balance pays for; the rest waits. Beyond the run's
 * cap, in a run that was cancelled, and for an account that is not active, nothing is charged. Mails beyond what is summarised at once take the overnight lane.
 */
export class QueueEmails extends Command<void> {
  constructor(
    readonly userId: string,
    readonly runId: string | null,
    readonly emailIds: string[],
  ) {
    super();
  }
}

@CommandHandler(QueueEmails)
export class QueueEmailsHandler implements ICommandHandler<QueueEmails> {
  constructor(
    private readonly config: SystemConfig,
    private readonly uow: UnitOfWork,
    private readonly overnight: OvernightRepository,
    private readonly runs: BackgroundJobsRepository,
    private readonly jobs: ProcessingJobsRepository,
    private readonly endings: RunEndings,
    private readonly commands: CommandBus,
    private readonly dispatcher: DispatchWakeUp,
  ) {}

  execute(asked: QueueEmails): Promise<void> {
    return this.uow.asService('queue discovered mails', () => this.queue(asked), { repeated: true });
  }

  private async queue({ userId, runId, emailIds }: QueueEmails): Promise<void> {
    const args = runId === null ? { cancelled: false } : await this.runs.lockArgs(runId);
    const refusal = await this.refusalOf(userId, args);
    const allowed = refusal ? 0 : await this.leftOf(runId, args);
    const waiting = await this.jobs.add(userId, runId, emailIds, await this.atOnce(runId, args));
    const beyond = refusal ?? reasons.overRunCap;
    if (waiting.length > allowed) await this.jobs.cancelWaiting(waiting.splice(allowed), beyond);
    if (waiting.length > 0) {
      await this.jobs.markQueued(await this.commands.execute(new HoldCredits(userId, waiting)));
      this.uow.afterCommit(() => this.dispatcher.ring());
    }
    if (runId !== null) await this.endings.tell([runId]);
  }

  /** Why none of these mails is summarised; an account's suspension waits until this page is queued, or is seen here. */
  private async refusalOf(
    userId: string,
    { cancelled }: { cancelled: boolean },
  ): Promise<string | undefined> {
    const status = await this.jobs.lockAccount(userId);
    if (status === 'suspended') return reasons.accountSuspended;
    if (status !== 'active') return reasons.accountDeleted;
    return cancelled ? reasons.cancelledByUser : undefined;
  }

  /** Credits that the run's cap leaves; its row stays locked until the page is queued. */
  private async leftOf(runId: string | null, { maxCredits }: SyncArgs): Promise<number> {
    if (runId === null || maxCredits === undefined) return Number.POSITIVE_INFINITY;
    return Math.max(0, maxCredits - (await this.jobs.countAdmitted(runId)));
  }

  /** How many of the next mails are summarised at once: as asked for, or as many as make no backfill yet. */
  private async atOnce(runId: string | null, { lane }: SyncArgs): Promise<number | undefined> {
    if (lane === 'overnight') return 0;
    if (lane === 'now' || runId === null) return undefined;
    return Math.max(0, this.config.get(overnightAfterMails) - (await this.overnight.countAtOnce(runId)));
  }
}
