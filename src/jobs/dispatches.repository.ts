import { Injectable } from '@nestjs/common';
import { Prisma } from '../kernel/database/generated/client';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import { overdueSeconds, payingWeight } from './domain/turns';
import type { MailsWakeUp } from './wake-ups';

/** The advisory lock that lets one dispatcher at a time count and claim. */
const dispatcherLock = 7_316_001;
const unbounded = 2_147_483_647;

/** Which mails are handed to BullMQ, and in which turn. */
@Injectable()
export class DispatchesRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /**
   * Claims wake-ups for as many ready jobs as the window has room for. A user's n-th job, those in flight counted, goes behind
   * everyone else's n-th (a paying user's behind everyone's n-th share), and nobody has more than `perUser` in flight; who
   * waits with nothing in flight goes first after half a minute. Users who paused and lanes that are closed are passed by.
   * Up to `together` mails of one mailbox share a wake-up; one that was begun before goes alone, so that it takes none along.
   * Mails of the overnight lane are none of its business. Answers none while another dispatcher is at it, which is until its
   * transaction ends.
   */
  async claimDispatches(window: number, perUser: number | null = null, together = 1): Promise<MailsWakeUp[]> {
    // The lock is taken by a statement of its own, so that the claim sees what the dispatcher before has committed.
    const locked = this.uow.run(Prisma.sql`
      select set_config('app.dispatching', pg_try_advisory_xact_lock(${dispatcherLock})::text, true)`);
    const claimed = this.uow.rows<MailsWakeUp>(Prisma.sql`
      with recursive in_flight as (
        select user_id, true as waiting from processing_jobs where state = 'queued' and dispatched_at is not null
        union all
        select user_id, false from processing_jobs where state = 'running' and lane = 'now'
      ), busy as (
        select user_id, count(*)::int as jobs from in_flight group by user_id
      ), closed as (
        select lane from dispatch_lanes where paused_until > now()
      ), room as (
        select case
          when current_setting('app.dispatching', true) = 'false' or exists (select from closed where lane = 'model') then 0
          else greatest(0, ${window}::int - count(*) filter (where waiting))::int end as free
        from in_flight
      ), box as (
        (select user_id, connection_id from processing_jobs
         where state = 'queued' and lane = 'now' and dispatched_at is null and (select free from room) > 0
         order by user_id, connection_id limit 1)
        union all
        select next.user_id, next.connection_id from box cross join lateral (
          select user_id, connection_id from processing_jobs p
          where p.state = 'queued' and p.lane = 'now' and p.dispatched_at is null
            and (p.user_id, p.connection_id) > (box.user_id, box.connection_id)
          order by p.user_id, p.connection_id limit 1) next
      ), tenant as (
        select box.user_id, box.connection_id, coalesce(busy.jobs, 0) as jobs, t.served_at,
          case t.class when 'paying' then ${payingWeight}::float else 1 end as weight,
          least((select free from room), ${perUser ?? unbounded}::int - coalesce(busy.jobs, 0)) as most
        from box left join dispatch_tenants t using (user_id) left join busy using (user_id)
        where t.paused_at is null and coalesce(busy.jobs, 0) < ${perUser ?? unbounded}::int
          and not exists (
            select from closed where lane in ('mailbox:' || box.connection_id, 'user:' || box.user_id))
      ), turn as (
        select job.id, t.user_id, t.connection_id, job.begun, job.received_at, t.jobs, t.weight, t.served_at, t.most,
          row_number() over (
            partition by t.user_id order by job.priority desc, job.received_at desc, job.id desc) as place
        from tenant t cross join lateral (
          select id, priority, received_at, attempts + deferrals > 0 as begun from processing_jobs
          where user_id = t.user_id and connection_id = t.connection_id
            and state = 'queued' and lane = 'now' and dispatched_at is null and available_at <= now()
          order by priority desc, received_at desc, id desc limit t.most) job
      ), ranked as (
        select *, jobs = 0 and place = 1
          and coalesce(served_at < now() - ${overdueSeconds} * interval '1 second', true) as overdue
        from turn where place <= most
      ), chosen as (
        select id, user_id, connection_id, begun, row_number() over (
          order by overdue desc, case when overdue then served_at end, (jobs + place) / weight, received_at desc, id) as rank
        from ranked order by rank limit (select free from room)
      ), parted as (
        select id, rank, connection_id, case when begun then id end as alone,
          (row_number() over (partition by connection_id, begun order by rank) - 1) / ${together}::int as part
        from chosen
      ), wake_up as (
        select array_agg(id order by rank) as ids, min(rank) as rank, gen_random_uuid() as dispatch_id
        from parted group by connection_id, alone, part
      ), served as (
        insert into dispatch_tenants as t (user_id, served_at) select distinct user_id, now() from chosen
        on conflict (user_id) do update set served_at = now()
        where t.served_at is null or t.served_at < now() - interval '5 seconds'
      ), claimed as (
        update processing_jobs j set dispatched_at = now(), dispatch_id = wake_up.dispatch_id
        from wake_up, unnest(wake_up.ids) as mail (id)
        where j.id = mail.id and j.state = 'queued' and j.dispatched_at is null
        returning j.id, j.dispatch_id
      )
      select ids, dispatch_id as "dispatchId" from wake_up
      where exists (select from claimed where claimed.dispatch_id = wake_up.dispatch_id) order by rank`);
    const [, dispatches] = await Promise.all([locked, claimed]);
    return dispatches;
  }

  /** Wake-ups that were sent at least so long ago and that nobody has taken. */
  async listDispatched(olderThanMs: number): Promise<string[]> {
    const rows = await this.uow.db.$queryRaw<{ dispatchId: string }[]>`
      select distinct dispatch_id as "dispatchId" from processing_jobs
      where state = 'queued' and dispatched_at < now() - ${olderThanMs} * interval '1 millisecond' limit 100`;
    return rows.map((row) => row.dispatchId);
  }

  /** Takes wake-ups back that never reached BullMQ. */
  async undoDispatches(dispatchIds: string[]): Promise<void> {
    await this.uow.db.$executeRaw`
      update processing_jobs set dispatched_at = null, dispatch_id = null
      where dispatch_id = any(${dispatchIds}::uuid[]) and state = 'queued'`;
  }
}
