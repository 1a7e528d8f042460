import { Injectable } from '@nestjs/common';
import { Prisma } from '../kernel/database/generated/client';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import type { DigestReader, ReadingPreferences, Retention } from './contracts';

/** Hours in which a digest that was missed is still worth sending. */
const digestWindowHours = 6;

/** What other modules ask about users' preferences. */
@Injectable()
export class PreferencesRepository {
  constructor(private readonly uow: UnitOfWork) {}

  async find(userId: string): Promise<ReadingPreferences | undefined> {
    const [found] = await this.uow.rows<ReadingPreferences>(Prisma.sql`
      select coalesce(preferences ->> 'summaryLanguage', 'auto') as language,
             coalesce(preferences ->> 'timeZone', 'UTC') as "timeZone"
      from users where id = ${userId}::uuid`);
    return found;
  }

  /** Active users with a proved address whose hour for the digest came within the last hours, by id. */
  async listDigestReaders(at: Date, after: string | null, limit: number): Promise<DigestReader[]> {
    return this.uow.db.$queryRaw<DigestReader[]>`
      select id as "userId", "timeZone", to_char(local - interval '1 day', 'YYYY-MM-DD') as day
      from (
        select id, zone as "timeZone", ${at}::timestamptz at time zone zone as local,
               coalesce((preferences ->> 'digestHour')::int, 7) as hour
        from users, lateral (select coalesce(preferences ->> 'timeZone', 'UTC') as zone) z
        where preferences ->> 'digest' = 'true' and status = 'active' and email_verified_at is not null
          and id > coalesce(${after}::uuid, '00000000-0000-0000-0000-000000000000')
      ) reader
      where extract(hour from local) between hour and hour + ${digestWindowHours - 1}::int
      order by id limit ${limit}`;
  }

  async listRetentions(after: string | null, limit: number): Promise<Retention[]> {
    return this.uow.db.$queryRaw<Retention[]>`
      select id as "userId", (preferences ->> 'summaryRetentionDays')::int as days from users
      where preferences ? 'summaryRetentionDays'
        and id > coalesce(${after}::uuid, '00000000-0000-0000-0000-000000000000')
      order by id limit ${limit}`;
  }

  async stopDigest(userId: string): Promise<void> {
    await this.uow.db.$executeRaw`
      update users set preferences = preferences || '{"digest": false}' where id = ${userId}::uuid and status <> 'deleted'`;
  }
}
