import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { type GmailConnection, Prisma } from '../kernel/database/generated/client';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import { type ConnectionSecrets, secrets } from './tokens/tokens.repository';

/** A mail that was found. */
export interface FoundMail {
  gmailMessageId: string;
  gmailThreadId: string;
  labels: string[];
  sender: string | null;
  listId: string | null;
  receivedAt: Date;
}

/** A mail that is known, with the mailbox it lies in. */
export interface MailPlace {
  connection: ConnectionSecrets & { googleSubject: string };
  /** 1 unless the mail is summarised anew. */
  revision: number;
  gmailMessageId: string;
  gmailThreadId: string;
  receivedAt: Date | null;
}

/** A connection as a walk needs it: history ids as whole numbers, whatever their size. */
export type WalkRow = Omit<GmailConnection, 'historyId' | 'backfillHistoryId'> & {
  historyId: bigint | null;
  backfillHistoryId: bigint | null;
};

/** Which mailbox is walked, and for which run. */
export interface WalkOrder {
  userId: string;
  connectionId: string;
  runId: string;
}

/** How far a walk has come. Only what is named is written; `historyId` never goes backwards. */
export interface WalkProgress {
  historyId?: bigint;
  backfillHistoryId?: bigint | null;
  backfillAfter?: Date | null;
  backfillPageToken?: string | null;
  backfillUnsearched?: boolean;
  backfillTaken?: number;
  backfillCompletedAt?: Date | null;
}

/** Cursors, leases and discoveries of mailbox walks. Every method works in the ambient unit of work. */
@Injectable()
export class WalksRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /**
   * Makes this lease the mailbox's only walker, for a run; nothing while another's lives, the run was stopped, the mailbox is not
   * connected, or its account is not active.
   */
  async claim(
    { userId, connectionId: id, runId }: WalkOrder,
    lease: string,
    leaseMs: number,
  ): Promise<WalkRow | undefined> {
    const claimed = await this.uow.db.$executeRaw`
      update gmail_connections
      set lease_token = ${lease}::uuid, lease_expires_at = now() + ${leaseMs} * interval '1 millisecond'
      where id = ${id}::uuid and user_id = ${userId}::uuid and status = 'connected'
        and (lease_expires_at is null or lease_expires_at < now()) and stopped_run_id is distinct from ${runId}::uuid
        and exists (select from users u where u.id = user_id and u.status = 'active')`;
    if (claimed === 0) return undefined;
    const row = await this.uow.db.gmailConnection.findFirst({ where: { id, leaseToken: lease } });
    return row
      ? { ...row, historyId: whole(row.historyId), backfillHistoryId: whole(row.backfillHistoryId) }
      : undefined;
  }

  /** Lengthens a lease that is still held; false when it was lost. */
  async extend(id: string, lease: string, leaseMs: number): Promise<boolean> {
    const extended = await this.uow.db.$executeRaw`
      update gmail_connections set lease_expires_at = now() + ${leaseMs} * interval '1 millisecond'
      where id = ${id}::uuid and lease_token = ${lease}::uuid and status = 'connected'`;
    return extended === 1;
  }

  /**
   * Takes the mailbox from whoever walks it; the cursors stay where the last page left them. Waits for a claim under way, so that
   * this run's walk either has its lease taken or finds itself stopped.
   * @param runId the run that shall not begin a walk any more; null where it may.
   */
  async stop(userId: string, id: string, runId: string | null): Promise<void> {
    await this.uow.db.$executeRaw`
      update gmail_connections
      set lease_token = null, lease_expires_at = null, stopped_run_id = coalesce(${runId}::uuid, stopped_run_id)
      where id = ${id}::uuid and user_id = ${userId}::uuid`;
  }

  /** Moves the cursors of a walker that still holds its lease; false when it does not. Locks the row. */
  async advance(id: string, lease: string, progress: WalkProgress): Promise<boolean> {
    const { historyId, backfillHistoryId, ...rest } = progress;
    const begun =
      backfillHistoryId === undefined ? {} : { backfillHistoryId: backfillHistoryId?.toString() ?? null };
    const held = await this.uow.db.gmailConnection.updateMany({
      where: { id, leaseToken: lease, status: 'connected' },
      data: { ...rest, ...begun, leaseToken: lease },
    });
    if (held.count === 0) return false;
    if (historyId !== undefined)
      await this.uow.db.$executeRaw`
        update gmail_connections set history_id = greatest(history_id, ${String(historyId)}::numeric) where id = ${id}::uuid`;
    return true;
  }

  /** Which of these Gmail ids were discovered before. */
  async known(connectionId: string, gmailMessageIds: string[]): Promise<Set<string>> {
    const rows = await this.uow.db.emailDiscovery.findMany({
      where: { connectionId, gmailMessageId: { in: gmailMessageIds }, revision: 1 },
      select: { gmailMessageId: true },
    });
    return new Set(rows.map(({ gmailMessageId }) => gmailMessageId));
  }

  /**
   * Inserts the mails that are new, in the given order, and answers their ids; the others are left as they are, whatever
   * revisions they have.
   */
  async discover(
    userId: string,
    connectionId: string,
    runId: string,
    mails: readonly FoundMail[],
  ): Promise<string[]> {
    if (mails.length === 0) return [];
    const rows = mails.map(
      ({ gmailMessageId, gmailThreadId, labels, sender, listId, receivedAt }) =>
        Prisma.sql`(${uuidv7()}::uuid, ${userId}::uuid, ${connectionId}::uuid, ${runId}::uuid,
          ${gmailMessageId}, ${gmailThreadId}, ${labels}::text[], ${sender}, ${listId},
          ${receivedAt}::timestamptz)`,
    );
    const inserted = await this.uow.db.$queryRaw<{ id: string }[]>`
      insert into email_discoveries
        (id, user_id, connection_id, run_id, gmail_message_id, gmail_thread_id, labels, sender, list_id, received_at)
      values ${Prisma.join(rows)}
      on conflict (connection_id, gmail_message_id, revision) do nothing
      returning id`;
    return inserted.map(({ id }) => id);
  }

  /** Adds discovered mails to their user's day (UTC). */
  async countDiscovered(userId: string, mails: number): Promise<void> {
    if (mails === 0) return;
    await this.uow.db.$executeRaw`
      insert into usage_analytics (user_id, day, discovered)
      values (${userId}::uuid, (now() at time zone 'utc')::date, ${mails})
      on conflict (user_id, day) do update set discovered = usage_analytics.discovered + excluded.discovered`;
  }

  /** Ends a walk that reached the present; false when a push names something newer than the cursor, or the lease is lost. */
  async finish(id: string, lease: string, syncedThrough: Date, despitePush: boolean): Promise<boolean> {
    const finished = await this.uow.db.$executeRaw`
      update gmail_connections
      set last_synced_at = now(), synced_through = ${syncedThrough}::timestamptz, last_error_code = null,
          failing_since = null, stalled_at = null, push_pending_since = null, lease_token = null, lease_expires_at = null
      where id = ${id}::uuid and lease_token = ${lease}::uuid
        and (${despitePush} or pushed_history_id is null or pushed_history_id <= history_id)`;
    return finished === 1;
  }

  /** Ends a walk that failed; the cursors stay where its last page left them. */
  async fail(id: string, lease: string, errorCode: string): Promise<void> {
    await this.uow.db.$executeRaw`
      update gmail_connections
      set last_error_code = ${errorCode}, failing_since = coalesce(failing_since, now()), push_pending_since = null,
          lease_token = null, lease_expires_at = null
      where id = ${id}::uuid and lease_token = ${lease}::uuid`;
  }

  /**
   * Connected mailboxes of active accounts that no walk has finished for `olderThanMs`, each up to a tenth earlier by its id so that they do
   * not all come due together, and those whose push was not followed by a walk; the longest waiting first.
   */
  due(olderThanMs: number, pushPatienceMs: number, limit: number): Promise<{ userId: string; id: string }[]> {
    return this.uow.db.$queryRaw`
      select user_id as "userId", id from gmail_connections c
      where status = 'connected' and exists (select from users u where u.id = c.user_id and u.status = 'active') and (
        last_synced_at is null
        or last_synced_at <= now() - ${olderThanMs} * (1 - mod(abs(hashtext(id::text)::bigint), 100) / 1000.0)
          * interval '1 millisecond'
        or push_pending_since < now() - ${pushPatienceMs} * interval '1 millisecond')
      order by last_synced_at nulls first limit ${limit}`;
  }

  async isStopped({ connectionId, runId }: WalkOrder): Promise<boolean> {
    return (
      (await this.uow.db.gmailConnection.count({ where: { id: connectionId, stoppedRunId: runId } })) > 0
    );
  }

  async isOfActiveAccount(connectionId: string): Promise<boolean> {
    const where = { id: connectionId, user: { status: 'active' } };
    return (await this.uow.db.gmailConnection.count({ where })) > 0;
  }

  /** Messages that were found; what was summarised anew counts once. */
  countMails(userId: string, connectionId: string): Promise<number> {
    return this.uow.db.emailDiscovery.count({ where: { userId, connectionId, revision: 1 } });
  }

  /** Where mails are to be fetched from, by their ids. */
  async locate(userId: string, emailIds: readonly string[]): Promise<Map<string, MailPlace>> {
    type Row = MailPlace['connection'] & Omit<MailPlace, 'connection'> & { emailId: string };
    const rows = await this.uow.rows<Row>(Prisma.sql`
      select d.id as "emailId", c.id, c.user_id as "userId", c.google_subject as "googleSubject", ${secrets},
        d.gmail_message_id as "gmailMessageId", d.gmail_thread_id as "gmailThreadId", d.received_at as "receivedAt", d.revision
      from email_discoveries d join gmail_connections c on c.id = d.connection_id and c.user_id = d.user_id
      where d.id = any(${emailIds}::uuid[]) and d.user_id = ${userId}::uuid`);
    return new Map(
      rows.map(({ emailId, gmailMessageId, gmailThreadId, receivedAt, revision, ...connection }) => [
        emailId,
        { connection, gmailMessageId, gmailThreadId, receivedAt, revision },
      ]),
    );
  }
}

function whole(id: Prisma.Decimal | null): bigint | null {
  return id && BigInt(id.toFixed(0));
}
