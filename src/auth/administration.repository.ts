import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import { Prisma } from '../kernel/database/generated/client';
import type { UsageDay, UsageOfUser, UserFilter, UserRole, UserStatus, UserView } from './contracts';

/** What the rows of `usage_analytics` come to. */
const sums = Prisma.sql`sum(discovered)::float8 as discovered, sum(summarised)::float8 as summarised,
  sum(skipped)::float8 as skipped, sum(failed)::float8 as failed,
  sum(input_tokens)::float8 as "inputTokens", sum(output_tokens)::float8 as "outputTokens",
  sum(cache_read_tokens)::float8 as "cacheReadTokens", sum(cache_write_tokens)::float8 as "cacheWriteTokens",
  sum(cost_micros)::float8 as "costMicros"`;

/** Accounts over all tenants, for administrators. Every method joins the ambient unit of work (service). */
@Injectable()
export class AdministrationRepository {
  constructor(private readonly uow: UnitOfWork) {}

  find(filter: UserFilter, limit: number, before: string | undefined): Promise<UserView[]> {
    const text = filter.text === undefined ? null : `%${filter.text.replace(/[\\%_]/g, '\\$&')}%`;
    return this.uow.db.$queryRaw<UserView[]>`
      select id, email, name, role, status, email_verified_at is not null as "emailVerified", created_at as "createdAt"
      from users
      where (${text}::text is null or email::text ilike ${text} or name ilike ${text} or id::text = ${filter.text ?? null})
        and (${filter.status ?? null}::text is null or status = ${filter.status ?? null})
        and (${filter.role ?? null}::text is null or role = ${filter.role ?? null})
        and (${before ?? null}::uuid is null or id < ${before ?? null}::uuid)
      order by id desc limit ${limit}`;
  }

  async openDoors(userId: string): Promise<{ liveSessions: number; liveApiKeys: number }> {
    const [row] = await this.uow.db.$queryRaw<{ liveSessions: number; liveApiKeys: number }[]>`
      select
        (select count(*)::int from user_sessions
         where user_id = ${userId}::uuid and revoked_at is null and expires_at > now()) as "liveSessions",
        (select count(*)::int from api_keys
         where user_id = ${userId}::uuid and revoked_at is null and (expires_at is null or expires_at > now())) as "liveApiKeys"`;
    return row ?? { liveSessions: 0, liveApiKeys: 0 };
  }

  /** The account's status and role, locked until the transaction ends; undefined where there is none that lives. */
  async lock(userId: string): Promise<{ status: UserStatus; role: UserRole } | undefined> {
    const [row] = await this.uow.db.$queryRaw<{ status: UserStatus; role: UserRole }[]>`
      select status, role from users where id = ${userId}::uuid and status <> 'deleted' for update`;
    return row;
  }

  async setStatus(userId: string, status: 'active' | 'suspended'): Promise<void> {
    await this.uow.db.$executeRaw`update users set status = ${status} where id = ${userId}::uuid`;
  }

  async setRole(userId: string, role: UserRole): Promise<void> {
    await this.uow.db.$executeRaw`update users set role = ${role} where id = ${userId}::uuid`;
  }

  usage(from: string, to: string): Promise<UsageDay[]> {
    return this.uow.db.$queryRaw<UsageDay[]>`
      select day::text as day, count(*)::int as "activeUsers", ${sums}
      from usage_analytics where day between ${from}::date and ${to}::date group by day order by day`;
  }

  /** The users whose mails cost most in these days, the dearest first; of those that cost the same the older account. */
  usageByUser(from: string, to: string, limit: number): Promise<UsageOfUser[]> {
    return this.uow.db.$queryRaw<UsageOfUser[]>`
      select u.id as "userId", u.email::text as email, used."activeDays", used.discovered, used.summarised, used.skipped,
        used.failed, used."inputTokens", used."outputTokens", used."cacheReadTokens", used."cacheWriteTokens", used."costMicros"
      from (
        select user_id, count(*)::int as "activeDays", ${sums}
        from usage_analytics where day between ${from}::date and ${to}::date
        group by user_id order by sum(cost_micros) desc, user_id limit ${limit}) used
      join users u on u.id = used.user_id
      order by used."costMicros" desc, used.user_id`;
  }
}
