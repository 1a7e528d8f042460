import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { BackgroundJobsRepository } from '../background-jobs.repository';
import type { JobState } from '../domain/job-state';
import { JobListsRepository } from '../job-lists.repository';
import type { RunDto } from './get-run.dto';
import { runNotFound } from './run-not-found';

/** One run of a user with its mails counted. @throws DomainError `jobs.run-not-found`. */
export class GetRun extends Query<RunDto> {
  constructor(
    readonly userId: string,
    readonly runId: string,
  ) {
    super();
  }
}

@QueryHandler(GetRun)
export class GetRunHandler implements IQueryHandler<GetRun> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly runs: BackgroundJobsRepository,
    private readonly jobs: JobListsRepository,
  ) {}

  execute({ userId, runId }: GetRun): Promise<RunDto> {
    return this.uow.readAsUser(userId, async () => {
      const [run, mails] = await Promise.all([
        this.runs.find(userId, runId),
        this.jobs.countByState(userId, runId),
      ]);
      if (!run) throw runNotFound();
      const discovered = (run.result as { discovered?: number } | null)?.discovered ?? null;
      return {
        id: run.id,
        connectionId: run.connectionId,
        trigger: run.trigger as RunDto['trigger'],
        state: run.state as RunDto['state'],
        reasonCode: run.reasonCode,
        discovered,
        mails,
        settled: run.finishedAt !== null && isSettled(mails, discovered ?? 0),
        createdAt: run.createdAt,
        startedAt: run.startedAt,
        finishedAt: run.finishedAt,
      };
    });
  }
}

/** Between discovery and queueing a mail is in no state yet, so those that were found must all have arrived. */
function isSettled(mails: Record<JobState, number>, discovered: number): boolean {
  const known = Object.values(mails).reduce((sum, count) => sum + count, 0);
  return known >= discovered && mails.queued === 0 && mails.running === 0;
}
