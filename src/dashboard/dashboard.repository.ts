import { Injectable } from '@nestjs/common';
import { Prisma } from '../kernel/database/generated/client';
import { UnitOfWork } from '../kernel/database/unit-of-work';

/** Summaries of one kind: how many in all, today and this week, in the reader's time zone. */
export interface SummaryGroup {
  category: string;
  urgency: string;
  total: number;
  today: number;
  week: number;
}

export interface UsageDay {
  day: string;
  discovered: number;
  summarised: number;
  skipped: number;
  failed: number;
}

export interface OpenRun {
  id: string;
  connectionId: string | null;
  startedAt: string | null;
  /** Mails that came to an end, and mails that are still to. */
  finished: number;
  left: number;
}

export interface Overview {
  timeZone: string;
  /** When the reader's day or the day of `usage` ends, whichever is first; milliseconds since 1970. */
  until: number;
  mails: Record<string, number>;
  summaries: SummaryGroup[];
  usage: UsageDay[];
  runs: OpenRun[];
}

/** Days of the usage series, today included. */
const usageDays = 30;
/** Runs that are shown, the newest first. */
const mostRuns = 20;

/**
 * The read model of the home screen. It reads other modules' tables, and only reads: one statement instead of one per module.
 * Row-level security shows it the rows of its user alone.
 */
@Injectable()
export class DashboardRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** In one round trip. Weeks are the last seven days; days of `usage` are UTC, as they are counted. */
  async overview(userId: string): Promise<Overview> {
    const [row] = await this.uow.rows<Overview>(Prisma.sql`
      with clock as (
        select zone, date_trunc('day', now() at time zone zone) as midnight
        from (select coalesce(preferences->>'timeZone', 'UTC') as zone from users where id = ${userId}::uuid) reader)
      select zone as "timeZone", extract(epoch from least((midnight + interval '1 day') at time zone zone,
          (date_trunc('day', now() at time zone 'UTC') + interval '1 day') at time zone 'UTC'))::float8 * 1000 as until,
        coalesce((select json_object_agg(state, mails) from (
          select state, count(*)::int as mails from processing_jobs where user_id = ${userId}::uuid group by state) states), '{}') as mails,
        coalesce((select json_agg(kinds) from (
          select category, urgency, count(*)::int as total,
            count(*) filter (where created_at >= midnight at time zone zone)::int as today,
            count(*) filter (where created_at >= (midnight - interval '6 days') at time zone zone)::int as week
          from email_summaries where user_id = ${userId}::uuid and superseded_at is null group by category, urgency) kinds), '[]') as summaries,
        (select json_agg(days order by days.day) from (
          select to_char(wanted, 'YYYY-MM-DD') as day, coalesce(discovered, 0) as discovered, coalesce(summarised, 0) as summarised,
            coalesce(skipped, 0) as skipped, coalesce(failed, 0) as failed
          from generate_series((now() at time zone 'UTC')::date - ${usageDays - 1}::int, (now() at time zone 'UTC')::date, interval '1 day') wanted
          left join usage_analytics u on u.user_id = ${userId}::uuid and u.day = wanted::date) days) as usage,
        coalesce((select json_agg(open) from (
          select r.id, r.connection_id as "connectionId", r.started_at as "startedAt", finished, "left"
          from background_jobs r cross join lateral (
            select count(*) filter (where finished_at is not null)::int as finished,
              count(*) filter (where state in ('queued', 'running'))::int as "left"
            from processing_jobs where run_id = r.id) work
          where r.user_id = ${userId}::uuid and (r.finished_at is null or "left" > 0)
          order by r.id desc limit ${mostRuns}) open), '[]') as runs
      from clock`);
    return row ?? { timeZone: 'UTC', until: 0, mails: {}, summaries: [], usage: [], runs: [] };
  }
}
