import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import { type JobState, jobStates } from './domain/job-state';

/** What users are shown of `processing_jobs`. */
@Injectable()
export class JobListsRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** A user's mails by state, of one run or of all. */
  async countByState(userId: string, runId?: string): Promise<Record<JobState, number>> {
    const groups = await this.uow.db.processingJob.groupBy({
      by: ['state'],
      where: { userId, ...(runId ? { runId } : {}) },
      _count: true,
    });
    const counts = Object.fromEntries(jobStates.map((state) => [state, 0])) as Record<JobState, number>;
    for (const group of groups) counts[group.state as JobState] = group._count;
    return counts;
  }

  /** Everything of a user that says something about them, oldest first. */
  async listAll(userId: string) {
    return this.uow.db.processingJob.findMany({
      where: { userId },
      select: {
        emailId: true,
        runId: true,
        state: true,
        reasonCode: true,
        createdAt: true,
        finishedAt: true,
      },
      orderBy: { id: 'asc' },
    });
  }

  /** A page of a user's jobs, newest first. */
  async list(
    userId: string,
    filter: { state?: JobState; runId?: string },
    before: string | null,
    limit: number,
  ) {
    return this.uow.db.processingJob.findMany({
      where: { userId, ...filter, ...(before ? { id: { lt: before } } : {}) },
      orderBy: { id: 'desc' },
      take: limit,
    });
  }

  /** What became of the mails of one mailbox. */
  async countOutcomes(userId: string, connectionId: string) {
    return this.uow.db.$queryRaw<{ state: JobState; reasonCode: string | null; mails: number }[]>`
      select j.state, case when j.state = 'skipped' then j.reason_code end as "reasonCode", count(*)::int as mails
      from processing_jobs j join email_discoveries d on d.id = j.email_id
      where j.user_id = ${userId}::uuid and d.connection_id = ${connectionId}::uuid group by 1, 2`;
  }
}
