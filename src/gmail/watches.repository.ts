import { Injectable } from '@nestjs/common';
import type { GmailConnection } from '../kernel/database/generated/client';
import { UnitOfWork } from '../kernel/database/unit-of-work';

/** A connection by its ids. */
export interface ConnectionIds {
  id: string;
  userId: string;
}

/** Pushes, watches and the health of connections. Every method works in the ambient unit of work. */
@Injectable()
export class WatchesRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /**
   * Notes what a push said and answers the connections whose walk is not yet asked for: the push names something newer
   * than the cursor, and nobody asked within `patienceMs`.
   */
  async notePush(emailAddress: string, historyId: bigint, patienceMs: number): Promise<ConnectionIds[]> {
    const rows = await this.uow.db.$queryRaw<(ConnectionIds & { asks: boolean })[]>`
      update gmail_connections
      set last_push_at = now(),
          pushed_history_id = greatest(pushed_history_id, ${String(historyId)}::numeric),
          push_pending_since = case
            when coalesce(history_id, 0) < ${String(historyId)}::numeric
              and (push_pending_since is null or push_pending_since < now() - ${patienceMs} * interval '1 millisecond')
            then now() else push_pending_since end
      where email_address = ${emailAddress} and status = 'connected'
      returning id, user_id as "userId", coalesce(push_pending_since = now(), false) as asks`;
    return rows.filter(({ asks }) => asks);
  }

  /** Claims connections whose watch ends before `before` or was never begun, each once per `pauseMs`. */
  claimWatches(before: Date, pauseMs: number, limit: number): Promise<ConnectionIds[]> {
    return this.uow.db.$queryRaw<ConnectionIds[]>`
      update gmail_connections set watch_tried_at = now()
      where id in (
        select id from gmail_connections
        where status = 'connected' and (watch_expires_at is null or watch_expires_at < ${before}::timestamptz)
          and (watch_tried_at is null or watch_tried_at < now() - ${pauseMs} * interval '1 millisecond')
        order by watch_expires_at nulls first limit ${limit} for update skip locked)
      returning id, user_id as "userId"`;
  }

  async watching(id: string, expiresAt: Date): Promise<void> {
    await this.uow.db.gmailConnection.updateMany({
      where: { id, status: 'connected' },
      data: { watchExpiresAt: expiresAt, watchTriedAt: new Date() },
    });
  }

  /**
   * Marks connected mailboxes that fell silent, once each: failing, asked for by a push, or not read to their end for too
   * long. Answers the newly marked.
   */
  markStalled(patienceMs: number, unreadMs: number): Promise<ConnectionIds[]> {
    return this.uow.db.$queryRaw<ConnectionIds[]>`
      update gmail_connections set stalled_at = now()
      where status = 'connected' and stalled_at is null and (
        failing_since < now() - ${patienceMs} * interval '1 millisecond'
        or (push_pending_since < now() - ${patienceMs} * interval '1 millisecond'
          and (lease_expires_at is null or lease_expires_at < now()))
        or (coalesce(last_synced_at, status_since) < now() - ${unreadMs} * interval '1 millisecond'
          and (lease_expires_at is null or lease_expires_at < now())))
      returning id, user_id as "userId"`;
  }

  /** How many connections stand in each status, and how many of the connected are stalled. */
  async counts(): Promise<{ status: string; stalled: boolean; count: number }[]> {
    return this.uow.db.$queryRaw`
      select status, stalled_at is not null and status = 'connected' as stalled, count(*)::int as count
      from gmail_connections group by 1, 2`;
  }

  /**
   * Sets the filter, and makes the next walk look through the mailbox once more from `after` on: its cursor stays, so
   * nothing is missed in between. The lease is taken from a walk under way, which read by the old filter.
   */
  async refilter(
    userId: string,
    id: string,
    filter: Partial<ConnectionFilter>,
    after: Date | null,
  ): Promise<void> {
    await this.uow.db.gmailConnection.updateMany({ where: { id, userId }, data: { ...filter, ...noLease } });
    await this.uow.db.$executeRaw`
      update gmail_connections
      set backfill_history_id = coalesce(history_id, backfill_history_id), backfill_after = ${after}::timestamptz, backfill_page_token = null,
          backfill_unsearched = false,
          backfill_completed_at = null
      where id = ${id}::uuid and user_id = ${userId}::uuid`;
  }
}

const noLease = { leaseToken: null, leaseExpiresAt: null } as const;

/** Which mails of a connection are read. */
export type ConnectionFilter = Pick<GmailConnection, 'onlyLabels' | 'skipLabels' | 'backfillDays'>;
