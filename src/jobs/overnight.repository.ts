import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import type { LeasedJob } from './processing-jobs.repository';

/** A job that is away in a batch. */
export interface JobInBatch extends LeasedJob {
  /** Batches it was in so far, this one included. */
  rounds: number;
}

/** The overnight lane's reads and writes of `processing_jobs`. */
@Injectable()
export class OvernightRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /**
   * Leases up to `limit` queued mails of the lane, the users in turn: none while fewer than that have come together and none of
   * them has waited for `gatherMs`. A mail that was tried before is left to the other lane, where it can harm no other;
   * users who paused and lanes that are closed are passed by.
   */
  async claim(limit: number, gatherMs: number, leaseMs: number): Promise<LeasedJob[]> {
    await this.uow.db.$executeRaw`
      update processing_jobs set lane = 'now'
      where state = 'queued' and lane = 'overnight' and attempts > 1 and available_at <= now()`;
    return this.uow.db.$queryRaw<LeasedJob[]>`
      with closed as (
        select lane from dispatch_lanes where paused_until > now()
      ), ready as (
        select id, user_id, received_at, available_at from processing_jobs j
        where state = 'queued' and lane = 'overnight' and available_at <= now()
          and not exists (select from dispatch_tenants t where t.user_id = j.user_id and t.paused_at is not null)
          and not exists (
            select from closed where lane in ('model', 'mailbox:' || j.connection_id, 'user:' || j.user_id))
      ), turn as (
        select id from ready
        where (select count(*) from ready) >= ${limit}
           or (select min(available_at) from ready) <= now() - ${gatherMs} * interval '1 millisecond'
        order by row_number() over (partition by user_id order by received_at desc, id desc), received_at desc, id desc
        limit ${limit}
      ), chosen as (
        select j.id from processing_jobs j join turn on turn.id = j.id
        where j.state = 'queued' and j.lane = 'overnight' for update of j skip locked
      )
      update processing_jobs
      set state = 'running', attempts = attempts + 1, reason_code = null, dispatched_at = null, dispatch_id = null,
          lease_token = gen_random_uuid(), lease_expires_at = now() + ${leaseMs} * interval '1 millisecond'
      where id in (select id from chosen)
      returning id, user_id as "userId", email_id as "emailId", connection_id as "connectionId", attempts, deferrals, lease_token as "leaseToken", traceparent, request_id as "requestId"`;
  }

  /**
   * Puts leased jobs into a batch and answers the mails of those that were still held. They get new leases, which last for as
   * long as the vendor keeps results, so that the batch outlives whichever worker sent it.
   */
  async enter(batchId: string, leaseTokens: string[]): Promise<string[]> {
    const rows = await this.uow.db.$queryRaw<{ emailId: string }[]>`
      update processing_jobs
      set batch_id = ${batchId}::uuid, batch_rounds = batch_rounds + 1,
          lease_token = gen_random_uuid(), lease_expires_at = now() + interval '29 days'
      where lease_token = any(${leaseTokens}::uuid[]) and state = 'running'
      returning email_id as "emailId"`;
    return rows.map(({ emailId }) => emailId);
  }

  /** Jobs that are away in this batch and whose turn to be settled has not come, in a steady order. */
  async listAway(batchId: string, after: string, limit: number): Promise<JobInBatch[]> {
    return this.uow.db.$queryRaw<JobInBatch[]>`
      select id, user_id as "userId", email_id as "emailId", connection_id as "connectionId", attempts, deferrals, lease_token as "leaseToken", traceparent, request_id as "requestId",
             batch_rounds::int as rounds
      from processing_jobs
      where batch_id = ${batchId}::uuid and state = 'running' and id > ${after}::uuid order by id limit ${limit}`;
  }

  /** Queues a job again that came back without a summary; its time away was no attempt. */
  async comeBack(
    job: LeasedJob,
    lane: 'now' | 'overnight',
    reasonCode: string,
    delayMs: number,
  ): Promise<void> {
    await this.uow.db.$executeRaw`
      update processing_jobs
      set state = 'queued', lane = ${lane}, reason_code = ${reasonCode}, batch_id = null, attempts = attempts - 1,
          lease_token = null, lease_expires_at = null, available_at = now() + ${delayMs} * interval '1 millisecond'
      where id = ${job.id}::uuid and lease_token = ${job.leaseToken}::uuid`;
  }

  /** Mails of a run that are, or were, summarised at once. */
  async countAtOnce(runId: string): Promise<number> {
    return this.uow.db.processingJob.count({ where: { runId, lane: 'now' } });
  }

  /** Lets the lane's waiting mails be summarised at once. */
  async leaveLane(): Promise<number> {
    return this.uow.db.$executeRaw`
      update processing_jobs set lane = 'now' where state = 'queued' and lane = 'overnight'`;
  }
}

/** Before every id. */
export const firstId = '00000000-0000-0000-0000-000000000000';
