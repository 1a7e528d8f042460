import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Origin } from '../kernel/cqrs/origin';
import { Prisma } from '../kernel/database/generated/client';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import { currentTraceparent } from '../kernel/observability/spans';
import { currentRequestId } from '../kernel/observability/work-context';
import type { SyncTrigger } from './contracts';
import type { SyncWakeUp } from './wake-ups';

/** When mails are summarised: at once, or within a day for half of what it costs to make them. */
export const lanes = ['now', 'overnight'] as const;
export type Lane = (typeof lanes)[number];

/** Limits of a run: how many mails it finds, how many credits it takes, and its lane when it has one for all its mails. */
export interface SyncArgs {
  lane?: Lane;
  maxMails?: number;
  maxCredits?: number;
}

/** A sync as its worker holds it. */
export interface LeasedSync extends Origin {
  id: string;
  userId: string;
  connectionId: string;
  args: SyncArgs;
  attempts: number;
  leaseToken: string;
}

/** A run that was cancelled; `walking` says whether its mailbox was being read for it. */
export interface CancelledRun {
  userId: string;
  connectionId: string;
  walking: boolean;
}

/** All reads and writes of `background_jobs`. */
@Injectable()
export class BackgroundJobsRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** Queues a sync, or answers the one that this mailbox has under way already; what it still finds takes the lane asked for. */
  async addSync(userId: string, connectionId: string, trigger: SyncTrigger, args: SyncArgs): Promise<string> {
    const [run] = await this.uow.db.$queryRaw<{ id: string }[]>`
      insert into background_jobs (id, user_id, connection_id, kind, trigger, args, traceparent, request_id)
      values (${uuidv7()}::uuid, ${userId}::uuid, ${connectionId}::uuid, 'mailbox-sync', ${trigger}, ${JSON.stringify(args)}::jsonb,
        ${currentTraceparent()}, ${currentRequestId()})
      on conflict (connection_id) where kind = 'mailbox-sync' and state in ('queued', 'running')
      do update set args = background_jobs.args || jsonb_strip_nulls(jsonb_build_object('lane', excluded.args -> 'lane'))
      returning id`;
    if (!run) throw new Error('An upsert answers a row');
    return run.id;
  }

  async claimDispatches(limit: number): Promise<SyncWakeUp[]> {
    return this.uow.rows<SyncWakeUp>(Prisma.sql`
      update background_jobs set dispatched_at = now(), dispatch_id = gen_random_uuid()
      where id in (
        select id from background_jobs
        where state = 'queued' and dispatched_at is null and scheduled_at <= now()
        order by scheduled_at limit ${limit} for update skip locked)
      returning id, dispatch_id as "dispatchId"`);
  }

  /** Wake-ups that were sent at least so long ago and that nobody has taken. */
  async listDispatched(olderThanMs: number): Promise<string[]> {
    const rows = await this.uow.db.$queryRaw<{ dispatchId: string }[]>`
      select dispatch_id as "dispatchId" from background_jobs
      where state = 'queued' and dispatched_at < now() - ${olderThanMs} * interval '1 millisecond' limit 100`;
    return rows.map((row) => row.dispatchId);
  }

  async undoDispatches(dispatchIds: string[]): Promise<void> {
    await this.uow.db.$executeRaw`
      update background_jobs set dispatched_at = null, dispatch_id = null
      where dispatch_id = any(${dispatchIds}::uuid[]) and state = 'queued'`;
  }

  /** Starts the sync that a wake-up stands for; null when the wake-up is stale: no sync but a queued one has a dispatch id. */
  async lease(id: string, dispatchId: string, leaseMs: number): Promise<LeasedSync | null> {
    const [sync] = await this.uow.db.$queryRaw<LeasedSync[]>`
      update background_jobs
      set state = 'running', attempts = attempts + 1, dispatched_at = null, dispatch_id = null,
          started_at = coalesce(started_at, now()),
          lease_token = ${uuidv7()}::uuid, lease_expires_at = now() + ${leaseMs} * interval '1 millisecond'
      where id = ${id}::uuid and dispatch_id = ${dispatchId}::uuid
      returning id, user_id as "userId", connection_id as "connectionId", args, attempts, lease_token as "leaseToken", traceparent, request_id as "requestId"`;
    return sync ?? null;
  }

  async renewLeases(leaseTokens: string[], leaseMs: number): Promise<void> {
    await this.uow.db.$executeRaw`
      update background_jobs set lease_expires_at = now() + ${leaseMs} * interval '1 millisecond'
      where lease_token = any(${leaseTokens}::uuid[]) and state = 'running'`;
  }

  async finish(
    sync: LeasedSync,
    state: 'done' | 'failed',
    result: object | null,
    reasonCode: string | null,
  ): Promise<void> {
    await this.uow.db.$executeRaw`
      update background_jobs
      set state = ${state}, result = ${result && JSON.stringify(result)}::jsonb, reason_code = ${reasonCode}, finished_at = now(),
          lease_token = null, lease_expires_at = null
      where id = ${sync.id}::uuid and lease_token = ${sync.leaseToken}::uuid`;
  }

  async putBack(sync: LeasedSync, reasonCode: string, delayMs: number): Promise<void> {
    await this.uow.db.$executeRaw`
      update background_jobs
      set state = 'queued', reason_code = ${reasonCode}, lease_token = null, lease_expires_at = null,
          scheduled_at = now() + ${delayMs} * interval '1 millisecond'
      where id = ${sync.id}::uuid and lease_token = ${sync.leaseToken}::uuid`;
  }

  /** Gives leased syncs back as they were, and answers whose mailboxes they were reading. */
  async giveBack(leaseTokens: string[]): Promise<Pick<LeasedSync, 'userId' | 'connectionId'>[]> {
    return this.uow.db.$queryRaw<Pick<LeasedSync, 'userId' | 'connectionId'>[]>`
      update background_jobs
      set state = 'queued', attempts = attempts - 1, lease_token = null, lease_expires_at = null
      where lease_token = any(${leaseTokens}::uuid[]) and state = 'running'
      returning user_id as "userId", connection_id as "connectionId"`;
  }

  /** Syncs whose worker is gone and wake-ups that BullMQ lost become ready again; answers how many. */
  async recover(dispatchTimeoutMs: number): Promise<number> {
    return this.uow.db.$executeRaw`
      update background_jobs
      set state = 'queued', lease_token = null, lease_expires_at = null, dispatched_at = null, dispatch_id = null
      where (state = 'running' and lease_expires_at < now())
         or (state = 'queued' and dispatched_at < now() - ${dispatchTimeoutMs} * interval '1 millisecond')`;
  }

  /** What a run was asked for, its row locked, so that no two pages of it are queued side by side. */
  async lockArgs(runId: string): Promise<SyncArgs & { cancelled: boolean }> {
    const [run] = await this.uow.db.$queryRaw<{ args: SyncArgs; cancelled: boolean }[]>`
      select args, cancel_requested_at is not null as cancelled
      from background_jobs where id = ${runId}::uuid for update`;
    return { ...run?.args, cancelled: run?.cancelled ?? false };
  }

  /** Marks a run as cancelled and ends it, if it goes on; null when it is not there, or not the owner's. */
  async cancel(owner: string | null, runId: string, reasonCode: string): Promise<CancelledRun | null> {
    const [run] = await this.uow.db.$queryRaw<CancelledRun[]>`
      with before as (
        select id, state from background_jobs
        where id = ${runId}::uuid and kind = 'mailbox-sync' and (${owner}::uuid is null or user_id = ${owner}::uuid)
        for update
      )
      update background_jobs r
      set cancel_requested_at = coalesce(cancel_requested_at, now()),
          state = case when finished_at is null then 'cancelled' else r.state end,
          reason_code = case when finished_at is null then ${reasonCode} else reason_code end,
          finished_at = coalesce(finished_at, now()),
          lease_token = null, lease_expires_at = null, dispatched_at = null, dispatch_id = null
      from before where r.id = before.id
      returning r.user_id as "userId", r.connection_id as "connectionId", before.state = 'running' as walking`;
    return run ?? null;
  }

  /** Whose run it is; null when it is not there, or not the owner's. */
  async ownerOf(owner: string | null, runId: string): Promise<string | null> {
    const [run] = await this.uow.db.$queryRaw<{ userId: string | null }[]>`
      select user_id as "userId" from background_jobs
      where id = ${runId}::uuid and kind = 'mailbox-sync' and (${owner}::uuid is null or user_id = ${owner}::uuid)`;
    return run?.userId ?? null;
  }

  /** Ends every run of a user that goes on, and answers them. */
  async cancelAll(userId: string, reasonCode: string): Promise<string[]> {
    const rows = await this.uow.db.$queryRaw<{ id: string }[]>`
      update background_jobs
      set state = 'cancelled', reason_code = ${reasonCode}, finished_at = now(),
          lease_token = null, lease_expires_at = null, dispatched_at = null, dispatch_id = null
      where user_id = ${userId}::uuid and state in ('queued', 'running')
      returning id`;
    return rows.map(({ id }) => id);
  }

  /** Every run of a user, oldest first. */
  async listAll(userId: string) {
    return this.uow.db.backgroundJob.findMany({
      where: { userId },
      select: {
        id: true,
        connectionId: true,
        kind: true,
        trigger: true,
        state: true,
        createdAt: true,
        finishedAt: true,
      },
      orderBy: { id: 'asc' },
    });
  }

  async find(userId: string, id: string) {
    return this.uow.db.backgroundJob.findFirst({ where: { id, userId } });
  }
}
