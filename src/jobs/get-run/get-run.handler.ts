import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { BackgroundJobsRepository } from '../background-jobs.repository';
import { RunsRepository } from '../runs.repository';
import type { RunDto } from './get-run.dto';
import { runNotFound } from './run-not-found';
import { runView } from './run-view';

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
    private readonly progress: RunsRepository,
  ) {}

  execute({ userId, runId }: GetRun): Promise<RunDto> {
    return this.uow.readAsUser(userId, async () => {
      const [run, tallyOf] = await Promise.all([
        this.runs.find(userId, runId),
        this.progress.tallies([runId]),
      ]);
      if (!run) throw runNotFound();
      return runView(run, tallyOf(runId));
    });
  }
}
