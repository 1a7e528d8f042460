import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { GetJobsPersonalData, type PersonalData } from '../../auth/contracts';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { BackgroundJobsRepository } from '../background-jobs.repository';
import { JobListsRepository } from '../job-lists.repository';

@QueryHandler(GetJobsPersonalData)
export class GetJobsPersonalDataHandler implements IQueryHandler<GetJobsPersonalData> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly runs: BackgroundJobsRepository,
    private readonly jobs: JobListsRepository,
  ) {}

  execute({ userId }: GetJobsPersonalData): Promise<PersonalData> {
    return this.uow.readAsUser(userId, async () => ({
      runs: await this.runs.listAll(userId),
      jobs: await this.jobs.listAll(userId),
    }));
  }
}
