import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../kernel/database/unit-of-work';

/** What the clock does to summaries and digests. */
@Injectable()
export class RetentionRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /**
   * Empties up to `limit` summaries that are older than so many days, oldest first, and answers how many. What they cost, their
   * day and their kind stay.
   */
  async empty(userId: string, days: number, limit: number): Promise<number> {
    return this.uow.db.$executeRaw`
      update email_summaries set subject = '', sender = '', headline = 'purged', summary = 'purged', key_points = '[]',
        action_items = '[]', people = '[]', feedback_comment = null, purged_at = now()
      where id in (
        select id from email_summaries
        where user_id = ${userId}::uuid and purged_at is null and created_at < now() - make_interval(days => ${days}::int)
        order by created_at limit ${limit} for update skip locked)`;
  }

  /** Takes a user's digest of a day, once and for all. False when it was taken before. */
  async queueDigest(userId: string, day: string, timeZone: string): Promise<boolean> {
    const queued = await this.uow.db.$executeRaw`
      insert into digest_mails (user_id, day, time_zone) values (${userId}::uuid, ${day}::date, ${timeZone})
      on conflict do nothing`;
    return queued > 0;
  }

  /** Notes that the mail server is called next; answers the digest's zone, or undefined when it was called already. */
  async handOver(userId: string, day: string): Promise<string | undefined> {
    const [digest] = await this.uow.db.$queryRaw<{ timeZone: string }[]>`
      update digest_mails set handed_at = now()
      where user_id = ${userId}::uuid and day = ${day}::date and handed_at is null returning time_zone as "timeZone"`;
    return digest?.timeZone;
  }

  /** The mail server surely has not taken it. */
  async takeBack(userId: string, day: string): Promise<void> {
    await this.uow.db.$executeRaw`
      update digest_mails set handed_at = null where user_id = ${userId}::uuid and day = ${day}::date`;
  }

  async dropDigestsBefore(days: number): Promise<void> {
    await this.uow.db.$executeRaw`
      delete from digest_mails where queued_at < now() - make_interval(days => ${days}::int)`;
  }
}
