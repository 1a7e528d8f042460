import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { type JobView, ListQuarantined, type RunRecord, SearchJobs, SearchRuns } from '../contracts';
import { reasons } from '../domain/reason-codes';
import { JobListsRepository } from '../job-lists.repository';
import { RunsRepository } from '../runs.repository';

@QueryHandler(SearchJobs)
export class SearchJobsHandler implements IQueryHandler<SearchJobs> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly jobs: JobListsRepository,
  ) {}

  execute({ filter, before, limit }: SearchJobs): Promise<JobView[]> {
    return this.uow.readAsService('search jobs', () => this.jobs.search(filter, before, limit));
  }
}

@QueryHandler(ListQuarantined)
export class ListQuarantinedHandler implements IQueryHandler<ListQuarantined> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly jobs: JobListsRepository,
  ) {}

  execute({ before, limit }: ListQuarantined): Promise<JobView[]> {
    const filter = { state: 'failed', reasonCode: reasons.quarantined } as const;
    return this.uow.readAsService('list quarantined mails', () => this.jobs.search(filter, before, limit));
  }
}

@QueryHandler(SearchRuns)
export class SearchRunsHandler implements IQueryHandler<SearchRuns> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly runs: RunsRepository,
  ) {}

  execute({ filter, before, limit }: SearchRuns): Promise<RunRecord[]> {
    return this.uow.readAsService('search runs', () => this.runs.search(filter, before, limit));
  }
}
