import { Injectable } from '@nestjs/common';
import { Prisma } from '../kernel/database/generated/client';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import { ModelMetrics } from './model-metrics';
import { Spending } from './summariser/spending';

/** What is added to a day. */
interface OfTheDay {
  ended?: 'summarised' | 'skipped' | 'failed';
  /** How many of them; 1 where it is not said. */
  mails?: number;
  spending?: Spending | undefined;
}

/** What became of users' mails and what that took, day by day (UTC): `usage_analytics`. */
@Injectable()
export class UsageRepository {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly metrics: ModelMetrics,
  ) {}

  /** Adds one mail that ends without a summary to its user's day (UTC). */
  async countEnded(userId: string, ended: 'skipped' | 'failed'): Promise<void> {
    await this.uow.run(addToDay(userId, { ended }));
  }

  /** Adds mails that have their summaries, with what their answers took, to their user's day (UTC). */
  async countSummarised(userId: string, mails: number, spending: Spending): Promise<void> {
    await this.uow.run(addToDay(userId, { ended: 'summarised', mails, spending }));
    this.metrics.countSpending(spending);
  }

  /** Adds what answers took to their user's day (UTC): the vendor is paid for answers, usable or not. */
  async countSpending(userId: string, spending: Spending): Promise<void> {
    await this.uow.run(addToDay(userId, { spending }));
    this.metrics.countSpending(spending);
  }

  /** Micro-dollars of the day (UTC) so far, with what mails in batches may still cost. */
  async spentToday(userId: string): Promise<{ user: number; everyone: number }> {
    const [spent] = await this.uow.db.$queryRaw<{ user: number; everyone: number }[]>`
      select coalesce(sum(micros), 0)::float8 as everyone,
             coalesce(sum(micros) filter (where user_id = ${userId}::uuid), 0)::float8 as user
      from (select user_id, cost_micros as micros from usage_analytics where day = (now() at time zone 'utc')::date
            union all
            select user_id, estimate_micros from summary_batch_members where outcome is null) spent`;
    return spent ?? { user: 0, everyone: 0 };
  }
}

/** The statement that adds to a user's day (UTC) wherever `where` holds. */
export function addToDay(
  userId: string,
  { ended, mails = 1, spending }: OfTheDay,
  where: Prisma.Sql = Prisma.sql`true`,
): Prisma.Sql {
  const one = (name: string): number => (ended === name ? mails : 0);
  const { usage, costMicros } = spending ?? new Spending();
  return Prisma.sql`
    insert into usage_analytics as d (user_id, day, summarised, skipped, failed,
      input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, cost_micros)
    select ${userId}::uuid, (now() at time zone 'utc')::date, ${one('summarised')}::integer, ${one('skipped')}::integer,
      ${one('failed')}::integer, ${usage.input}::bigint, ${usage.output}::bigint, ${usage.cacheRead}::bigint,
      ${usage.cacheWrite}::bigint, ${costMicros}::bigint
    where ${where}
    on conflict (user_id, day) do update set
      summarised = d.summarised + excluded.summarised, skipped = d.skipped + excluded.skipped,
      failed = d.failed + excluded.failed, input_tokens = d.input_tokens + excluded.input_tokens,
      output_tokens = d.output_tokens + excluded.output_tokens,
      cache_read_tokens = d.cache_read_tokens + excluded.cache_read_tokens,
      cache_write_tokens = d.cache_write_tokens + excluded.cache_write_tokens,
      cost_micros = d.cost_micros + excluded.cost_micros`;
}
