import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import { currentTraceparent } from '../kernel/observability/spans';
import { currentRequestId } from '../kernel/observability/work-context';
import type { Asker } from './contracts';
import type { JobState } from './domain/job-state';
import { reasons } from './domain/reason-codes';

/** A job that its owner or an administrator wants changed. */
export interface ControlledJob {
  id: string;
  userId: string;
  emailId: string;
  state: JobState;
  reasonCode: string | null;
}

/** Outbox events whose consequence is that a mail's credit is given back. */
const releasing = ['email.summary-failed.v1', 'email.summary-skipped.v1'];

/** Above what sagas queue: somebody waits for this one mail. */
const asked = 10;

/** What people change about `processing_jobs`: ask, stop and try again. Rows are locked in the order of their ids. */
@Injectable()
export class JobControlRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** The job, locked; null when the asker may not see it. */
  async lock(asker: Asker, jobId: string): Promise<ControlledJob | null> {
    const owner = asker === 'admin' ? null : asker.userId;
    const [job] = await this.uow.db.$queryRaw<ControlledJob[]>`
      select id, user_id as "userId", email_id as "emailId", state, reason_code as "reasonCode" from processing_jobs
      where id = ${jobId}::uuid and (${owner}::uuid is null or user_id = ${owner}::uuid) for update`;
    return job ?? null;
  }

  /** Stops up to `limit` mails of a run that have not ended, and answers them. */
  async cancelOfRun(runId: string, reasonCode: string, limit: number): Promise<string[]> {
    const rows = await this.uow.db.$queryRaw<{ emailId: string }[]>`
      update processing_jobs
      set state = 'cancelled', reason_code = ${reasonCode}, finished_at = now(),
          lease_token = null, lease_expires_at = null, dispatched_at = null, dispatch_id = null,
          batch_id = null, batch_rounds = 0
      where id in (
        select id from processing_jobs
        where run_id = ${runId}::uuid and state in ('awaiting_credits', 'queued', 'running')
        order by id limit ${limit} for update)
      returning email_id as "emailId"`;
    return rows.map((row) => row.emailId);
  }

  /** Stops one locked mail. */
  async cancel(jobId: string, reasonCode: string): Promise<void> {
    await this.uow.db.$executeRaw`
      update processing_jobs
      set state = 'cancelled', reason_code = ${reasonCode}, finished_at = now(),
          lease_token = null, lease_expires_at = null, dispatched_at = null, dispatch_id = null,
          batch_id = null, batch_rounds = 0
      where id = ${jobId}::uuid`;
  }

  /** Failed mails of a run that may be tried again, locked, from just after the id `after`. */
  async lockFailedOfRun(runId: string, after: string | null, limit: number): Promise<ControlledJob[]> {
    return this.uow.db.$queryRaw<ControlledJob[]>`
      select id, user_id as "userId", email_id as "emailId", state, reason_code as "reasonCode" from processing_jobs
      where run_id = ${runId}::uuid and state = 'failed' and reason_code <> ${reasons.quarantined}
        and (${after}::uuid is null or id > ${after}::uuid)
      order by id limit ${limit} for update`;
  }

  async countFailedOfRun(runId: string): Promise<number> {
    return this.uow.db.processingJob.count({ where: { runId, state: 'failed' } });
  }

  /**
   * Of these mails those whose credit may still be given back by an event that is not through the relay: a hold that is
   * taken now would be given back with it.
   */
  async listUnsettled(emailIds: string[]): Promise<string[]> {
    const rows = await this.uow.db.$queryRaw<{ emailId: string }[]>`
      select distinct subject_id as "emailId" from outbox_messages
      where subject_id = any(${emailIds}::uuid[]) and published_at is null and type = any(${releasing})`;
    return rows.map((row) => row.emailId);
  }

  /** Adds the job of one mail that its owner asks for; it goes before their other mails. Answers its id. */
  async addAsked(userId: string, emailId: string): Promise<string> {
    const id = uuidv7();
    await this.uow.db.$executeRaw`
      insert into processing_jobs (id, user_id, email_id, connection_id, priority, received_at, traceparent, request_id)
      select ${id}::uuid, user_id, id, connection_id, ${asked}::smallint, coalesce(received_at, discovered_at),
        ${currentTraceparent()}, ${currentRequestId()}
      from email_discoveries where id = ${emailId}::uuid and user_id = ${userId}::uuid`;
    return id;
  }

  /** Whether the work on any of these mails has not ended. */
  async anyOpen(emailIds: string[]): Promise<boolean> {
    const open = { in: ['awaiting_credits', 'queued', 'running'] satisfies JobState[] };
    return (await this.uow.db.processingJob.count({ where: { emailId: { in: emailIds }, state: open } })) > 0;
  }

  /** Puts ended mails in front of the till again, with all their attempts; a batch they were away in has no hold on them. */
  async restart(jobIds: string[]): Promise<void> {
    await this.uow.db.$executeRaw`
      update processing_jobs
      set state = 'awaiting_credits', reason_code = null, attempts = 0, deferrals = 0, finished_at = null,
          batch_id = null, batch_rounds = 0
      where id = any(${jobIds}::uuid[]) and state in ('failed', 'cancelled')`;
  }
}
