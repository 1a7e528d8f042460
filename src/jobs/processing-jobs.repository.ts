import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Origin } from '../kernel/cqrs/origin';
import { Prisma } from '../kernel/database/generated/client';
import { isRefusal } from '../kernel/database/refusal';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import { DomainError } from '../kernel/errors/domain-error';
import { currentTraceparent } from '../kernel/observability/spans';
import { currentRequestId } from '../kernel/observability/work-context';
import type { JobState } from './domain/job-state';

/** A job as its worker holds it. Every write of the worker names the lease, so that a lost one changes nothing. */
export interface LeasedJob extends Origin {
  id: string;
  userId: string;
  emailId: string;
  connectionId: string;
  attempts: number;
  deferrals: number;
  leaseToken: string;
}

/** The pipeline's reads and writes of `processing_jobs`; what is handed to BullMQ is `DispatchesRepository`'s. */
@Injectable()
export class ProcessingJobsRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /**
   * Adds a job for each mail that has none, newest first as given; answers the mails that wait for credits now.
   * @param atOnce how many of them are summarised at once; those behind them take the overnight lane.
   */
  async add(
    userId: string,
    runId: string | null,
    emailIds: string[],
    atOnce = emailIds.length,
  ): Promise<string[]> {
    const ids = emailIds.map(() => uuidv7());
    await this.uow.db.$executeRaw`
      insert into processing_jobs (id, user_id, email_id, run_id, connection_id, lane, received_at, traceparent, request_id)
      select job.id, ${userId}::uuid, job.email_id, ${runId}::uuid, d.connection_id,
             case when job.place <= ${atOnce} then 'now' else 'overnight' end, coalesce(d.received_at, d.discovered_at),
             ${currentTraceparent()}, ${currentRequestId()}
      from unnest(${ids}::uuid[], ${emailIds}::uuid[]) with ordinality as job (id, email_id, place)
      join email_discoveries d on d.id = job.email_id and d.user_id = ${userId}::uuid
      on conflict (email_id) do nothing`;
    const waiting = await this.uow.db.$queryRaw<{ emailId: string }[]>`
      select j.email_id as "emailId" from processing_jobs j
      join unnest(${emailIds}::uuid[]) with ordinality as given (email_id, place) on given.email_id = j.email_id
      where j.state = 'awaiting_credits' order by given.place for update of j`;
    return waiting.map((row) => row.emailId);
  }

  /** An account's status, which cannot change until this transaction ends; null when there is none. */
  async lockAccount(userId: string): Promise<string | null> {
    const [user] = await this.uow.db.$queryRaw<{ status: string }[]>`
      select status from users where id = ${userId}::uuid for share`;
    return user?.status ?? null;
  }

  /** The newest mails of a user that wait for credits, locked against another resume. */
  async lockWaiting(userId: string, limit: number): Promise<string[]> {
    const rows = await this.uow.db.$queryRaw<{ emailId: string }[]>`
      select email_id as "emailId" from processing_jobs
      where user_id = ${userId}::uuid and state = 'awaiting_credits' and finished_at is null
      order by received_at desc, id desc limit ${limit} for update skip locked`;
    return rows.map((row) => row.emailId);
  }

  /** Queues mails whose credit is set aside. A run of theirs that had finished is open again. */
  async markQueued(emailIds: string[]): Promise<void> {
    await this.uow.db.$executeRaw`
      with queued as (
        update processing_jobs set state = 'queued', available_at = now(), held_at = now()
        where email_id = any(${emailIds}::uuid[]) and state = 'awaiting_credits'
        returning run_id
      )
      update background_jobs set settled_at = null where id in (select run_id from queued)`;
  }

  /** Starts the jobs that a wake-up stands for; those for which it is stale are missing in the answer. */
  lease(ids: string[], dispatchId: string, leaseMs: number): Promise<LeasedJob[]> {
    return this.uow.rows<LeasedJob>(Prisma.sql`
      update processing_jobs
      set state = 'running', attempts = attempts + 1, dispatched_at = null, dispatch_id = null, reason_code = null,
          lease_token = gen_random_uuid(), lease_expires_at = now() + ${leaseMs} * interval '1 millisecond'
      where id = any(${ids}::uuid[]) and dispatch_id = ${dispatchId}::uuid and state = 'queued'
      returning id, user_id as "userId", email_id as "emailId", connection_id as "connectionId", attempts, deferrals,
        lease_token as "leaseToken", traceparent, request_id as "requestId"`);
  }

  /** Waits for nobody: a job that somebody is about to end, or to cancel, needs no longer lease. */
  async renewLeases(leaseTokens: string[], leaseMs: number): Promise<void> {
    await this.uow.db.$executeRaw`
      update processing_jobs set lease_expires_at = now() + ${leaseMs} * interval '1 millisecond'
      where id in (
        select id from processing_jobs where lease_token = any(${leaseTokens}::uuid[]) and state = 'running'
        for update skip locked)`;
  }

  /** Gives leased jobs back as they were. */
  async giveBack(leaseTokens: string[]): Promise<void> {
    await this.uow.db.$executeRaw`
      update processing_jobs
      set state = 'queued', attempts = attempts - 1, lease_token = null, lease_expires_at = null
      where id in (
        select id from processing_jobs where lease_token = any(${leaseTokens}::uuid[]) and state = 'running'
        order by id for update)`;
  }

  /**
   * Ends leased jobs, all of them or none. @throws DomainError `jobs.lease-lost` (conflict) where one is not held any more, so that the
   * caller's transaction rolls back.
   */
  async finish(
    jobs: readonly LeasedJob[],
    state: JobState & ('done' | 'skipped' | 'failed'),
    reasonCode: string | null,
  ): Promise<void> {
    const ended = this.uow.run(Prisma.sql`
      with mine as (
        select id from processing_jobs
        where id = any(${jobs.map(({ id }) => id)}::uuid[])
          and lease_token = any(${jobs.map(({ leaseToken }) => leaseToken)}::uuid[])
        order by id for update
      ), ended as (
        update processing_jobs
        set state = ${state}, reason_code = ${reasonCode}, finished_at = now(), lease_token = null, lease_expires_at = null
        where id in (select id from mine)
        returning id
      )
      select refuse('the lease is lost') where (select count(*) from ended) < ${jobs.length}::integer`);
    await ended.catch((error: unknown) => {
      throw isRefusal(error) ? leaseLost(jobs) : error;
    });
  }

  /** Puts a leased job back into the queue, ready after `delayMs`. A deferral gives its attempt back. */
  async putBack(
    job: LeasedJob,
    reasonCode: string,
    delayMs: number,
    counts: 'attempt' | 'deferral',
  ): Promise<void> {
    const deferral = counts === 'deferral' ? 1 : 0;
    await this.uow.db.$executeRaw`
      update processing_jobs
      set state = 'queued', reason_code = ${reasonCode}, lease_token = null, lease_expires_at = null,
          attempts = attempts - ${deferral}, deferrals = deferrals + ${deferral},
          available_at = now() + ${delayMs} * interval '1 millisecond'
      where id = ${job.id}::uuid and lease_token = ${job.leaseToken}::uuid`;
  }

  /**
   * Jobs whose worker is gone go back into the queue, wake-ups that BullMQ lost are forgotten; answers how many. Jobs that lost a
   * worker before come back apart from each other, at some time within `apartMs` times their attempts squared: one of them may be
   * what kills workers, and must not take those beside it along until they are given up with it.
   */
  async recover(dispatchTimeoutMs: number, maxAttempts: number, apartMs: number): Promise<number> {
    return this.uow.db.$executeRaw`
      update processing_jobs
      set state = 'queued', lease_token = null, lease_expires_at = null, dispatched_at = null, dispatch_id = null,
          available_at = case when state = 'running' and attempts > 1
            then now() + random() * attempts * attempts * ${apartMs} * interval '1 millisecond' else available_at end
      where (state = 'running' and lease_expires_at < now() and attempts < ${maxAttempts})
         or (state = 'queued' and dispatched_at < now() - ${dispatchTimeoutMs} * interval '1 millisecond')`;
  }

  /** Takes over jobs that killed their worker as often as is allowed, to give them up. */
  async leaseExhausted(maxAttempts: number, leaseMs: number): Promise<LeasedJob[]> {
    return this.uow.db.$queryRaw<LeasedJob[]>`
      update processing_jobs
      set lease_token = gen_random_uuid(), lease_expires_at = now() + ${leaseMs} * interval '1 millisecond'
      where id in (
        select id from processing_jobs
        where state = 'running' and lease_expires_at < now() and attempts >= ${maxAttempts}
        order by lease_expires_at limit 100 for update skip locked)
      returning id, user_id as "userId", email_id as "emailId", connection_id as "connectionId", attempts, deferrals,
        lease_token as "leaseToken", traceparent, request_id as "requestId"`;
  }

  /** Of these mails those that still have work before them, locked against it; their holds are wanted. */
  async lockWanted(emailIds: string[]): Promise<string[]> {
    const rows = await this.uow.db.$queryRaw<{ emailId: string }[]>`
      select email_id as "emailId" from processing_jobs
      where email_id = any(${emailIds}::uuid[]) and state in ('queued', 'running') order by id for update`;
    return rows.map((row) => row.emailId);
  }

  /** Ends everything of a user that has not ended, work under way included: its worker finds its lease gone. */
  async cancelAll(userId: string, reasonCode: string, limit: number): Promise<string[]> {
    const rows = await this.uow.db.$queryRaw<{ emailId: string }[]>`
      update processing_jobs
      set state = 'cancelled', reason_code = ${reasonCode}, finished_at = now(),
          lease_token = null, lease_expires_at = null, dispatched_at = null, dispatch_id = null
      where id in (
        select id from processing_jobs
        where user_id = ${userId}::uuid and state in ('awaiting_credits', 'queued', 'running')
        order by id limit ${limit} for update)
      returning email_id as "emailId"`;
    return rows.map((row) => row.emailId);
  }

  /** Ends waiting mails that no credit will be spent on. */
  async cancelWaiting(emailIds: string[], reasonCode: string): Promise<void> {
    await this.uow.db.$executeRaw`
      update processing_jobs set state = 'cancelled', reason_code = ${reasonCode}, finished_at = now()
      where email_id = any(${emailIds}::uuid[]) and state = 'awaiting_credits'`;
  }

  /** Mails of a run that a credit was or may still be spent on. */
  async countAdmitted(runId: string): Promise<number> {
    return this.uow.db.processingJob.count({
      where: { runId, state: { in: ['awaiting_credits', 'queued', 'running', 'done'] } },
    });
  }
}

function leaseLost(jobs: readonly LeasedJob[]): DomainError {
  const which = jobs.map(({ id }) => id).join(' or ');
  return new DomainError('conflict', 'jobs.lease-lost', `Another worker took job ${which} over`);
}
