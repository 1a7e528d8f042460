import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { CountJobs, type JobCounts } from '../contracts';
import { JobListsRepository } from '../job-lists.repository';

@QueryHandler(CountJobs)
export class CountJobsHandler implements IQueryHandler<CountJobs> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly jobs: JobListsRepository,
  ) {}

  execute({ userId }: CountJobs): Promise<JobCounts> {
    return this.uow.readAsUser(userId, () => this.jobs.countByState(userId));
  }
}
