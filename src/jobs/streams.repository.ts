import { Injectable } from '@nestjs/common';
import { type BackgroundJob, Prisma, type ProcessingJob } from '../kernel/database/generated/client';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import type { ChangePosition } from './stream-changes/change-position';

/** Changes that one stream is told of at a time. */
export const mostChanges = 200;

/** The oldest transaction that is still open: what older ones wrote is all there is of them. */
const settledXid = Prisma.sql`(pg_snapshot_xmin(pg_current_snapshot())::text)::bigint`;

/** An open stream: who listens, and behind which change it stands. */
export interface Listener {
  readonly id: string;
  readonly userId: string;
  readonly position: ChangePosition;
}

/** A job or a run that moved, and the stream that has not heard of it. */
export interface Change {
  readonly streamId: string;
  readonly kind: 'job' | 'run';
  readonly id: string;
  readonly xid: string;
}

/** Which changes of jobs and runs a stream has not told yet, and which stream is its session's. */
@Injectable()
export class StreamsRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** Makes a stream the one of its session. @returns the transaction before which every change is visible for good. */
  async take(streamId: string, sessionId: string, userId: string): Promise<string> {
    const [now] = await this.uow.db.$queryRaw<{ xid: string }[]>`
      insert into job_streams (session_id, user_id, stream_id)
      values (${sessionId}::uuid, ${userId}::uuid, ${streamId}::uuid)
      on conflict (session_id) do update set stream_id = excluded.stream_id, user_id = excluded.user_id, opened_at = now()
      returning pg_snapshot_xmin(pg_current_snapshot())::text as xid`;
    if (!now) throw new Error('An upsert answers a row');
    return now.xid;
  }

  /**
   * What these streams have not told, each in the order of its changes, 200 of a stream at most. Transactions commit in
   * another order than they begin: a change is told once no transaction that began before it is open, so that none can turn up
   * behind a place that was passed.
   */
  async changesFor(listeners: readonly Listener[]): Promise<Change[]> {
    return this.uow.rows<Change>(
      Prisma.sql`select l.stream as "streamId", c.kind, c.id, c.xid::text as xid
      from unnest(${listeners.map(({ id }) => id)}::uuid[], ${listeners.map(({ userId }) => userId)}::uuid[],
        ${listeners.map(({ position }) => position.xid)}::bigint[], ${listeners.map(({ position }) => position.id)}::uuid[])
        as l(stream, reader, xid, id)
      cross join lateral (
        (select 'job' as kind, j.id, j.changed_xid as xid from processing_jobs j
         where j.user_id = l.reader and (j.changed_xid, j.id) > (l.xid, l.id) and j.changed_xid < ${settledXid}
         order by j.changed_xid, j.id limit ${mostChanges})
        union all
        (select 'run', r.id, r.changed_xid from background_jobs r
         where r.user_id = l.reader and r.kind = 'mailbox-sync'
           and (r.changed_xid, r.id) > (l.xid, l.id) and r.changed_xid < ${settledXid}
         order by r.changed_xid, r.id limit ${mostChanges})
        order by xid, id limit ${mostChanges}) c
      order by c.xid, c.id`,
    );
  }

  /**
   * Resolves once all that was visible before has reached the disk. What an event asks for commits without waiting (docs/adr/0021): a
   * crash that takes it gives the numbers of its transactions to others, which would turn up behind a place that was told.
   */
  async reachDisk(): Promise<void> {
    await this.uow.run(Prisma.sql`select pg_logical_emit_message(true, 'inbrief', 'told')`);
  }

  /** Those of these streams whose session has opened another one since. */
  async superseded(streamIds: readonly string[], sessionIds: readonly string[]): Promise<string[]> {
    const rows = await this.uow.rows<{ id: string }>(
      Prisma.sql`select l.stream as id from unnest(${streamIds}::uuid[], ${sessionIds}::uuid[]) as l(stream, session)
      join job_streams s on s.session_id = l.session and s.stream_id <> l.stream`,
    );
    return rows.map(({ id }) => id);
  }

  jobs(ids: readonly string[]): Promise<ProcessingJob[]> {
    return this.uow.db.processingJob.findMany({ where: { id: { in: [...ids] } } });
  }

  runs(ids: readonly string[]): Promise<BackgroundJob[]> {
    return this.uow.db.backgroundJob.findMany({ where: { id: { in: [...ids] } } });
  }

  /** Forgets streams that were opened a day ago; one that is still open stays its session's until another is opened. */
  async purge(): Promise<void> {
    await this.uow.readAsService(
      'forget old streams',
      () => this.uow.db.$executeRaw`delete from job_streams where opened_at < now() - interval '1 day'`,
    );
  }
}
