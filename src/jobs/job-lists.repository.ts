import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import { type Lane, lanes } from './background-jobs.repository';
import type { JobFilter, JobView, QueueHealth } from './contracts';
import { type JobState, jobStates } from './domain/job-state';
import { reasons } from './domain/reason-codes';

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

  /** What became of the mails of one mailbox when they were found; further revisions are none of it. */
  async countOutcomes(userId: string, connectionId: string) {
    return this.uow.db.$queryRaw<{ state: JobState; reasonCode: string | null; mails: number }[]>`
      select j.state, case when j.state = 'skipped' then j.reason_code end as "reasonCode", count(*)::int as mails
      from processing_jobs j join email_discoveries d on d.id = j.email_id
      where j.user_id = ${userId}::uuid and d.connection_id = ${connectionId}::uuid and d.revision = 1 group by 1, 2`;
  }

  /** Jobs over all users, newest first. */
  async search(filter: JobFilter, before: string | null, limit: number): Promise<JobView[]> {
    const jobs = await this.uow.db.processingJob.findMany({
      where: { ...filter, ...(before ? { id: { lt: before } } : {}) },
      orderBy: { id: 'desc' },
      take: limit,
    });
    return jobs.map(
      ({ id, userId, emailId, runId, state, reasonCode, attempts, deferrals, createdAt, finishedAt }) => ({
        ...{ id, userId, emailId, runId, reasonCode, attempts, deferrals, createdAt, finishedAt },
        state: state as JobState,
      }),
    );
  }

  /** How much of it there is in each lane. */
  async depthByLane(): Promise<{ lane: Lane; ready: number; oldestReadySeconds: number; running: number }[]> {
    return this.uow.db.$queryRaw`
      select lane, (count(*) filter (where ready))::int as ready, (count(*) filter (where not ready))::int as running,
        coalesce(extract(epoch from now() - min(available_at) filter (where ready)), 0)::float8 as "oldestReadySeconds"
      from unnest(${[...lanes]}::text[]) lane left join (
        select lane, true as ready, available_at from processing_jobs
        where state = 'queued' and lane = 'now' and dispatched_at is null and available_at <= now()
        union all
        select lane, true, available_at from processing_jobs
        where state = 'queued' and lane = 'overnight' and available_at <= now()
        union all
        select lane, false, null from processing_jobs where state = 'running'
      ) job using (lane) group by lane`;
  }

  /** Mails over all users that wait for credits. */
  async countUnpaid(): Promise<number> {
    return this.uow.db.processingJob.count({ where: { state: 'awaiting_credits', finishedAt: null } });
  }

  /** How much work there is over all users. */
  async queueDepth(): Promise<Omit<QueueHealth, 'enabled' | 'pausedLanes'>> {
    const [depth] = await this.uow.db.$queryRaw<Omit<QueueHealth, 'enabled' | 'pausedLanes'>[]>`
      select
        (select count(*)::int from processing_jobs where state = 'queued' and dispatched_at is not null) as waiting,
        (select count(*)::int from processing_jobs where state = 'running' and lane = 'now') as running,
        ready.jobs as ready,
        (select count(*)::int from processing_jobs where state = 'failed' and reason_code = ${reasons.quarantined}) as quarantined,
        (extract(epoch from now() - ready.since) * 1000)::float8 as "oldestReadyMs"
      from (select count(*)::int as jobs, min(available_at) as since from processing_jobs
            where state = 'queued' and lane = 'now' and dispatched_at is null and available_at <= now()) ready`;
    if (!depth) throw new Error('An aggregate answers a row');
    return depth;
  }
}
