import { Injectable } from '@nestjs/common';
import { Prisma } from '../kernel/database/generated/client';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import type { RunFilter, RunRecord } from './contracts';
import { rateWindowSeconds, type RunTally, type StateTally, tally } from './domain/run-progress';

/** A run that has just come to rest. */
export interface FinishedRun {
  id: string;
  userId: string;
  connectionId: string;
  revision: number;
  state: 'done' | 'failed' | 'cancelled';
}

/** A run with its mails: how far it is and whether it is over. */
@Injectable()
export class RunsRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** Locks the runs of these mails until the transaction ends, in the order of their ids. */
  async lockOf(emailIds: readonly string[]): Promise<void> {
    await this.uow.rows(Prisma.sql`
      select from background_jobs where id in (${runsOf(emailIds)}) order by id for no key update`);
  }

  /** Locks runs until the transaction ends, in the order of their ids. */
  async lock(runIds: readonly string[]): Promise<void> {
    await this.uow.rows(Prisma.sql`
      select from background_jobs where id = any(${runIds}::uuid[]) order by id for no key update`);
  }

  /**
   * Of these locked runs those that came to rest and were not told of yet, marked as told: the walk is over, every mail it found
   * is a job, and none is queued or running.
   */
  settle(runIds: readonly string[]): Promise<FinishedRun[]> {
    return this.settleAmong(Prisma.sql`select unnest(${runIds}::uuid[])`);
  }

  /** `settle` of the runs of these mails. */
  settleOf(emailIds: readonly string[]): Promise<FinishedRun[]> {
    return this.settleAmong(runsOf(emailIds));
  }

  private settleAmong(runIds: Prisma.Sql): Promise<FinishedRun[]> {
    return this.uow.rows<FinishedRun>(Prisma.sql`
      update background_jobs r set settled_at = now(), settled_times = settled_times + 1
      where r.id in (${runIds}) and r.kind = 'mailbox-sync' and r.settled_at is null and r.finished_at is not null
        and not exists (
          select from processing_jobs j where j.run_id = r.id and j.state in ('queued', 'running'))
        and not exists (
          select from email_discoveries d where d.run_id = r.id
            and not exists (select from processing_jobs j where j.email_id = d.id))
      returning r.id, r.user_id as "userId", r.connection_id as "connectionId", r.settled_times as revision, r.state`);
  }

  /** The mails of these runs added up, in one round trip however many runs there are. */
  async tallies(runIds: readonly string[]): Promise<(runId: string) => RunTally> {
    const rows = await this.uow.db.$queryRaw<(StateTally & { runId: string })[]>`
      select run_id as "runId", state, count(*)::int as mails, count(held_at)::int as held,
        (count(*) filter (where finished_at > now() - ${rateWindowSeconds} * interval '1 second'))::int as recent
      from processing_jobs where run_id = any(${runIds}::uuid[]) group by run_id, state`;
    return (runId) => tally(rows.filter((row) => row.runId === runId));
  }

  /** A page of a user's runs, newest first. */
  list(userId: string, before: string | null, limit: number) {
    return this.uow.db.backgroundJob.findMany({
      where: { userId, kind: 'mailbox-sync', ...(before ? { id: { lt: before } } : {}) },
      orderBy: { id: 'desc' },
      take: limit,
    });
  }

  /** Runs over all users, newest first. */
  async search(filter: RunFilter, before: string | null, limit: number): Promise<RunRecord[]> {
    const rows = await this.uow.db.backgroundJob.findMany({
      where: { ...filter, kind: 'mailbox-sync', ...(before ? { id: { lt: before } } : {}) },
      select: {
        id: true,
        userId: true,
        connectionId: true,
        trigger: true,
        state: true,
        reasonCode: true,
        attempts: true,
        createdAt: true,
        startedAt: true,
        finishedAt: true,
      },
      orderBy: { id: 'desc' },
      take: limit,
    });
    return rows as RunRecord[];
  }
}

const runsOf = (emailIds: readonly string[]): Prisma.Sql =>
  Prisma.sql`select run_id from processing_jobs where email_id = any(${emailIds}::uuid[])`;
