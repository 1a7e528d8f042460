import { Injectable } from '@nestjs/common';
import { Prisma } from '../kernel/database/generated/client';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import type { SummaryRow } from './list-summaries/summary-view';
import { markEnd, markStart } from './list-summaries/summary-highlights';

/** Conditions that must all hold; an absent one holds. */
export interface SummaryFilter {
  category?: string;
  urgency?: string;
  connectionId?: string;
  sender?: string;
  from?: Date;
  to?: Date;
  unread?: boolean;
}

interface Position {
  receivedAt: Date;
  id: string;
}

/** A place in an answer to a search: best match first, then newest. */
export interface RankedPosition extends Position {
  rank: number;
}

interface Feedback {
  useful: boolean;
  reason: string | null;
  comment: string | null;
}

/** One mail as a digest shows it. */
export interface DigestRow {
  id: string;
  headline: string;
  sender: string;
  category: string;
  urgency: string;
  receivedAt: Date;
  actionItems: { task: string; dueDate: string | null }[];
}

/** What readers of summaries ask of `email_summaries`, and the words they write in it: read, and their feedback. */
@Injectable()
export class ReadingRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** A summary by its id, also one that was superseded. */
  async find(userId: string, id: string) {
    return this.uow.db.emailSummary.findFirst({ where: { id, userId } });
  }

  /** Summaries of these ids that are the user's, in no order. */
  async findAll(userId: string, ids: string[]) {
    return this.uow.db.emailSummary.findMany({ where: { userId, id: { in: ids } } });
  }

  /** A page of a user's current summaries, the newest mail first. */
  list(userId: string, filter: SummaryFilter, after: Position | null, limit: number): Promise<SummaryRow[]> {
    const older = after
      ? Prisma.sql`and (s.received_at, s.id) < (${after.receivedAt}::timestamptz, ${after.id}::uuid)`
      : Prisma.empty;
    return this.uow.rows<SummaryRow>(Prisma.sql`
      select s.id, s.email_id as "emailId", s.connection_id as "connectionId", s.gmail_message_id as "gmailMessageId",
        s.gmail_thread_id as "gmailThreadId", s.subject, s.sender, s.received_at as "receivedAt", s.headline, s.summary,
        s.key_points as "keyPoints", s.action_items as "actionItems", s.category, s.urgency, s.people, s.language, s.confidence,
        s.model, s.input_tokens as "inputTokens", s.output_tokens as "outputTokens", s.cache_read_tokens as "cacheReadTokens",
        s.cache_write_tokens as "cacheWriteTokens", s.cost_micros::float8 as "costMicros",
        s.feedback_useful as "feedbackUseful", s.feedback_reason as "feedbackReason", s.feedback_comment as "feedbackComment",
        s.feedback_at as "feedbackAt", s.read_at as "readAt", s.superseded_at as "supersededAt", s.created_at as "createdAt"
      from email_summaries s
      where s.user_id = ${userId}::uuid and s.superseded_at is null ${conditions(filter)} ${older}
      order by s.received_at desc, s.id desc limit ${limit}::int`);
  }

  /**
   * Where a user's current summaries hold the words, best match first. For the service role: under a tenant's policy Postgres
   * may not use the word index, since it does not trust text search to keep quiet about other tenants' rows. Ids only:
   * what is shown is read as the user.
   */
  async search(
    userId: string,
    words: string,
    filter: SummaryFilter,
    after: RankedPosition | null,
    limit: number,
  ): Promise<RankedPosition[]> {
    const next = after
      ? Prisma.sql`where (rank, "receivedAt", id) < (${after.rank}::float8, ${after.receivedAt}, ${after.id}::uuid)`
      : Prisma.empty;
    return this.uow.db.$queryRaw<RankedPosition[]>`
      select id, rank, "receivedAt" from (
        select s.id, s.received_at as "receivedAt", ts_rank(s.search, ${asked(words)})::float8 as rank
        from email_summaries s
        where s.user_id = ${userId}::uuid and s.purged_at is null and s.superseded_at is null
          and s.search @@ ${asked(words)} ${conditions(filter)}
      ) found ${next} order by rank desc, "receivedAt" desc, id desc limit ${limit}`;
  }

  /** The texts of these summaries with marks around the words that were searched for. */
  async mark(userId: string, words: string, ids: string[]) {
    const marks = `StartSel="${markStart}", StopSel="${markEnd}"`;
    const whole = `${marks}, HighlightAll=true`;
    const passages = `${marks}, MaxFragments=2, MaxWords=30, MinWords=8, FragmentDelimiter=" … "`;
    return this.uow.db.$queryRaw<{ id: string; headline: string; subject: string; summary: string }[]>`
      select id, ts_headline('simple', headline, ${asked(words)}, ${whole}) as headline,
             ts_headline('simple', subject, ${asked(words)}, ${whole}) as subject,
             ts_headline('simple', summary, ${asked(words)}, ${passages}) as summary
      from email_summaries where user_id = ${userId}::uuid and id = any(${ids}::uuid[])`;
  }

  /** Notes what the reader says; the last word counts. False when there is no such summary of theirs. */
  async noteFeedback(userId: string, id: string, { useful, reason, comment }: Feedback, at: Date) {
    const { count } = await this.uow.db.emailSummary.updateMany({
      where: { id, userId },
      data: { feedbackUseful: useful, feedbackReason: reason, feedbackComment: comment, feedbackAt: at },
    });
    return count > 0;
  }

  /** Notes when the reader read it, or takes that back (null). False when there is no such summary. */
  async markRead(userId: string, id: string, at: Date | null) {
    const { count } = await this.uow.db.emailSummary.updateMany({
      where: { id, userId },
      data: { readAt: at },
    });
    return count > 0;
  }

  /** Mails received on a calendar day of a time zone, the most urgent first, then the newest. */
  async listDay(userId: string, day: string, timeZone: string, limit: number): Promise<DigestRow[]> {
    return this.uow.db.$queryRaw<DigestRow[]>`
      select id, headline, sender, category, urgency, received_at as "receivedAt", action_items as "actionItems"
      from email_summaries
      where user_id = ${userId}::uuid and superseded_at is null
        and received_at >= ${day}::date::timestamp at time zone ${timeZone}
        and received_at < (${day}::date + 1)::timestamp at time zone ${timeZone}
      order by array_position(array['critical', 'high', 'normal', 'low'], urgency), received_at desc, id desc
      limit ${limit}`;
  }
}

/** What a reader typed, as a query in which every word stands for all words that begin with it. */
function asked(words: string): Prisma.Sql {
  return Prisma.sql`regexp_replace(websearch_to_tsquery('simple', ${words}::text)::text, '''( |\\)|$)', ''':*\\1', 'g')::tsquery`;
}

function conditions({
  category,
  urgency,
  connectionId,
  sender,
  from,
  to,
  unread,
}: SummaryFilter): Prisma.Sql {
  const all = [
    category && Prisma.sql`s.category = ${category}`,
    urgency && Prisma.sql`s.urgency = ${urgency}`,
    connectionId && Prisma.sql`s.connection_id = ${connectionId}::uuid`,
    sender && Prisma.sql`s.sender ilike ${`%${escapeLike(sender)}%`}`,
    from && Prisma.sql`s.received_at >= ${from}`,
    to && Prisma.sql`s.received_at < ${to}`,
    unread !== undefined &&
      Prisma.sql`${unread} = (s.read_at is null and exists (
        select from email_discoveries d where d.id = s.email_id and 'UNREAD' = any(d.labels)))`,
  ].filter((condition) => typeof condition === 'object');
  return all.length > 0 ? Prisma.sql`and ${Prisma.join(all, ' and ')}` : Prisma.empty;
}

/** A reader's `%` and `_` are characters like any other. */
function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
