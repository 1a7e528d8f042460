import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { BackgroundJobsRepository } from '../background-jobs.repository';
import { JobListsRepository } from '../job-lists.repository';
import type { RunDto } from './get-run.dto';

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
      if (!run) throw new DomainError('not-found', 'jobs.run-not-found', 'No such run');
      const walked = run.finishedAt !== null;
      const result = run.result as { discovered?: number } | null;
      return {
        id: run.id,
        connectionId: run.connectionId,
        trigger: run.trigger as RunDto['trigger'],
        state: run.state as RunDto['state'],
        reasonCode: run.reasonCode,
        discovered: result?.discovered ?? null,
        mails,
        settled: walked && mails.queued === 0 && mails.running === 0,
        createdAt: run.createdAt,
        startedAt: run.startedAt,
        finishedAt: run.finishedAt,
      };
    });
  }
}
