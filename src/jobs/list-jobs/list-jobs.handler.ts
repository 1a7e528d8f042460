import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { CursorCodec } from '../../kernel/http/cursor';
import { cutPage } from '../../kernel/http/page';
import { JobListsRepository } from '../job-lists.repository';
import { jobView } from './job-view';
import type { JobPage, ListJobsDto } from './list-jobs.dto';

/** A page of a user's jobs, newest first. */
export class ListJobs extends Query<JobPage> {
  constructor(
    readonly userId: string,
    readonly filter: ListJobsDto,
  ) {
    super();
  }
}

@QueryHandler(ListJobs)
export class ListJobsHandler implements IQueryHandler<ListJobs> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly jobs: JobListsRepository,
    private readonly cursors: CursorCodec,
  ) {}

  async execute({ userId, filter: { limit, cursor, ...filter } }: ListJobs): Promise<JobPage> {
    const before = cursor === undefined ? null : String(this.cursors.decode('jobs', cursor)[0]);
    const rows = await this.uow.readAsUser(userId, () => this.jobs.list(userId, filter, before, limit + 1));
    return cutPage(rows.map(jobView), limit, this.cursors, 'jobs', (job) => [job.id]);
  }
}
