import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { HoldCredits } from '../../billing/contracts';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { DispatchWakeUp } from '../dispatch-jobs/dispatch-wake-up';
import type { JobState } from '../domain/job-state';
import { type ControlledJob, JobControlRepository } from '../job-control.repository';
import { ProcessingJobsRepository } from '../processing-jobs.repository';
import { RunEndings } from '../run-endings';

/** Milliseconds in which the relay gives a credit back when nothing is wrong. */
const settleMs = 1_000;

/**
 * Starts ended mails over: each pays like a new one. Not while the event that gives the last credit back is still on its
 * way, since that event names the mail and not the hold: it would take the new one.
 */
@Injectable()
export class Restart {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly control: JobControlRepository,
    private readonly jobs: ProcessingJobsRepository,
    private readonly endings: RunEndings,
    private readonly commands: CommandBus,
    private readonly dispatcher: DispatchWakeUp,
  ) {}

  /** One locked mail, in the caller's transaction. @throws DomainError `jobs.not-settled` (conflict). */
  async one(job: ControlledJob): Promise<JobState> {
    const { restarted, queued } = await this.all(job.userId, [job]);
    if (restarted.length === 0)
      throw new DomainError('conflict', 'jobs.not-settled', 'Its last credit is still being given back', {
        retryAfterMs: settleMs,
      });
    return queued.length > 0 ? 'queued' : 'awaiting_credits';
  }

  /** Locked mails of one user, in the caller's transaction; those that are not settled are left as they are. */
  async all(userId: string, jobs: ControlledJob[]): Promise<{ restarted: string[]; queued: string[] }> {
    const unsettled = new Set(await this.control.listUnsettled(jobs.map(({ emailId }) => emailId)));
    const settled = jobs.filter(({ emailId }) => !unsettled.has(emailId));
    if (settled.length === 0) return { restarted: [], queued: [] };
    const restarted = settled.map(({ emailId }) => emailId);
    await this.control.restart(settled.map(({ id }) => id));
    await this.endings.lockRunsOf(restarted);
    const queued = await this.commands.execute(new HoldCredits(userId, restarted));
    await this.jobs.markQueued(queued);
    this.uow.afterCommit(() => this.dispatcher.ring());
    return { restarted, queued };
  }
}
