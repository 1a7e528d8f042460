import { Injectable } from '@nestjs/common';
import type { SummaryCounts } from './contracts';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import type { Answer, Draft } from './answer';
import { DomainError } from '../kernel/errors/domain-error';
import { Prisma } from '../kernel/database/generated/client';
import { ModelMetrics } from './model-metrics';
import { addToDay } from './usage.repository';

/** What was said earlier in a thread. */
export interface ThreadEntry {
  receivedAt: Date;
  sender: string;
  headline: string;
  summary: string;
}

/** A mail whose answer becomes the summary with this id; without one, the newest kept answer does. */
interface Answered {
  id: string;
  emailId: string;
  draft?: Draft | undefined;
}

/** Conditions that must all hold; an absent one holds. */
interface FactsFilter {
  emailIds?: string[];
  categories?: string[];
  urgencies?: string[];
}

/** The pipeline's reads and writes of `email_summaries` and `summary_drafts`; readers have their own. */
@Injectable()
export class EmailRepository {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly metrics: ModelMetrics,
  ) {}

  async hasDraft(emailId: string, promptVersion: string): Promise<boolean> {
    const found = await this.uow.rows(Prisma.sql`
      select from summary_drafts where email_id = ${emailId}::uuid and prompt_version = ${promptVersion} limit 1`);
    return found.length > 0;
  }

  /**
   * Keeps an answer; one that is there already stays. Nothing is kept for a user who is gone: the shared lock makes a
   * deletion that runs beside it wait, so that it finds what it has to forget.
   */
  async keepDraft(userId: string, emailId: string, draft: Draft): Promise<void> {
    await this.uow.run(insertDraft(userId, emailId, draft));
  }

  /**
   * Keeps an answer for a mail without a summary, and adds what it took to its user's day, in one statement. Once it did so, or the
   * answer was stored, it changes nothing.
   */
  async keepAnswer(userId: string, emailId: string, { draft, spending }: Answer): Promise<void> {
    const { answerId } = draft;
    const isNew = Prisma.sql`not exists (
        select from summary_drafts where email_id = ${emailId}::uuid and content->>'answerId' = ${answerId})
      and not exists (select from email_summaries where id = ${answerId}::uuid)`;
    const isWanted = Prisma.sql`not exists (select from email_summaries where email_id = ${emailId}::uuid)`;
    await this.uow.run(Prisma.sql`
      with kept as (${insertDraft(userId, emailId, draft, isWanted)}) ${addToDay(userId, { spending }, isNew)}`);
    this.metrics.countSpending(spending);
  }

  async dropDrafts(emailId: string): Promise<void> {
    await this.uow.db.summaryDraft.deleteMany({ where: { emailId } });
  }

  /**
   * A deletion of the account waits until the transaction has ended, and so finds what it has to forget. @throws DatabaseError (`refuse`) where
   * the account is deleted: nothing of the transaction commits.
   */
  async keepAccount(userId: string): Promise<void> {
    await this.uow.run(Prisma.sql`
      with account as (select id from users where id = ${userId}::uuid and status <> 'deleted' for share)
      select refuse('the account is deleted') where not exists (select from account)`);
  }

  /**
   * Turns these answers, or the newest kept ones, into their messages' current summaries, and forgets what was kept. Summaries of earlier
   * revisions are superseded; one that a later revision has overtaken is superseded from the start.
   * @throws DomainError `email.no-draft` (internal) when there is no answer; a breach of `email_summaries_current` where a given first
   * answer comes too late.
   */
  async storeSummaries(userId: string, mails: readonly Answered[]): Promise<void> {
    const isFirst = ({ draft }: Answered): boolean => draft?.headers.revision === 1;
    const [first, others] = [mails.filter(isFirst), mails.filter((mail) => !isFirst(mail))];
    await Promise.all([
      // Nothing is looked for, whatever Postgres thinks of the table's size. Where a message has a current summary already, the index that
      // allows it one refuses this; the answer is then kept, and stored as one that was overtaken.
      first.length > 0 && this.uow.run(insertSummaries(userId, first)),
      ...others.map((mail) => this.takeItsPlace(userId, mail)),
    ]);
  }

  /** The last `limit` summaries in each of these mails' threads that are earlier than the mail, oldest first: what a reply answers. */
  async listThreads(
    emailIds: readonly string[],
    limit: number,
  ): Promise<(ThreadEntry & { emailId: string })[]> {
    return this.uow.rows(Prisma.sql`
      select mine.id as "emailId", earlier.received_at as "receivedAt", earlier.sender, earlier.headline, earlier.summary
      from email_discoveries mine cross join lateral (
        select s.received_at, s.sender, s.headline, s.summary from email_summaries s
        where s.connection_id = mine.connection_id and s.gmail_thread_id = mine.gmail_thread_id
          and s.gmail_message_id <> mine.gmail_message_id and s.received_at < coalesce(mine.received_at, mine.discovered_at)
          and s.purged_at is null and s.superseded_at is null
        order by s.received_at desc limit ${limit}) earlier
      where mine.id = any(${emailIds}::uuid[]) order by earlier.received_at`);
  }

  /** What rules look at, newest first: of each message the current summary. */
  async listFacts(userId: string, filter: FactsFilter, limit: number) {
    const { emailIds, categories, urgencies } = filter;
    return this.uow.db.emailSummary.findMany({
      where: {
        userId,
        supersededAt: null,
        ...(emailIds && { emailId: { in: emailIds } }),
        ...(categories && { category: { in: categories } }),
        ...(urgencies && { urgency: { in: urgencies } }),
      },
      select: { emailId: true, category: true, urgency: true },
      orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
      take: limit,
    });
  }

  /** Every summary of a user, superseded ones included, oldest first. */
  async listAll(userId: string) {
    return this.uow.db.emailSummary.findMany({ where: { userId }, orderBy: { id: 'asc' } });
  }

  /** Empties a user's summaries of everything a person wrote or is named in, and drops kept answers. */
  async anonymise(userId: string): Promise<void> {
    await this.uow.db.summaryDraft.deleteMany({ where: { userId } });
    await this.uow.db.digestMail.deleteMany({ where: { userId } });
    await this.uow.db.emailSummary.updateMany({
      where: { userId },
      data: {
        subject: '',
        sender: '',
        headline: 'deleted',
        summary: 'deleted',
        keyPoints: [],
        actionItems: [],
        people: [],
        feedbackComment: null,
      },
    });
  }

  /** Current summaries: a message that was summarised anew counts once. */
  async count(userId: string): Promise<SummaryCounts> {
    const groups = await this.uow.db.$queryRaw<
      { category: string; urgency: string; total: number; today: number; week: number }[]
    >`
      select category, urgency, count(*)::int as total,
             count(*) filter (where created_at >= date_trunc('day', now() at time zone 'utc') at time zone 'utc')::int as today,
             count(*) filter (where created_at >= now() - interval '7 days')::int as week
      from email_summaries where user_id = ${userId}::uuid and superseded_at is null group by category, urgency`;
    const counts: SummaryCounts = { total: 0, today: 0, week: 0, byCategory: {}, byUrgency: {} };
    for (const { category, urgency, total, today, week } of groups) {
      counts.total += total;
      counts.today += today;
      counts.week += week;
      counts.byCategory[category] = (counts.byCategory[category] ?? 0) + total;
      counts.byUrgency[urgency] = (counts.byUrgency[urgency] ?? 0) + total;
    }
    return counts;
  }

  /** A message has one current summary at a time: the earlier one steps back before this one comes. */
  private async takeItsPlace(userId: string, mail: Answered): Promise<void> {
    const { emailId } = mail;
    const superseded = this.uow.run(Prisma.sql`
      update email_summaries s set superseded_at = now()
      where (select revision from email_discoveries where id = ${emailId}::uuid) > 1 and s.superseded_at is null
        and (s.connection_id, s.gmail_message_id) = (
          select connection_id, gmail_message_id from email_discoveries where id = ${emailId}::uuid)
        and (select revision from email_discoveries where id = s.email_id)
          <= (select revision from email_discoveries where id = ${emailId}::uuid)`);
    const sinceWhen = Prisma.sql`(
      select now() from email_summaries s join email_discoveries mine using (connection_id, gmail_message_id)
      where mine.id = ${emailId}::uuid and s.superseded_at is null)`;
    const inserted = this.uow.run(insertSummaries(userId, [mail], sinceWhen));
    const [, stored] = await Promise.all([superseded, inserted]);
    if (stored === 0)
      throw new DomainError('internal', 'email.no-draft', `No answer is kept for mail ${emailId}`);
  }
}

function insertDraft(
  userId: string,
  emailId: string,
  draft: Draft,
  where: Prisma.Sql = Prisma.sql`true`,
): Prisma.Sql {
  const { promptVersion, model } = draft.summarised;
  return Prisma.sql`
    insert into summary_drafts (user_id, email_id, prompt_version, model, content)
    select u.id, ${emailId}::uuid, ${promptVersion}, ${model}, ${JSON.stringify(draft)}::jsonb
    from users u where u.id = ${userId}::uuid and u.status <> 'deleted' and ${where} for share of u
    on conflict do nothing`;
}

function insertSummaries(
  userId: string,
  mails: readonly Answered[],
  supersededAt: Prisma.Sql = Prisma.sql`null::timestamptz`,
): Prisma.Sql {
  const given = mails.map(({ id, emailId, draft }) => ({ id, emailId, draft }));
  return Prisma.sql`
    with taken as (
      delete from summary_drafts where email_id = any(${mails.map(({ emailId }) => emailId)}::uuid[])
      returning email_id, content, created_at
    ), answer as (
      select given.id, given."emailId", coalesce(given.draft,
        (select content from taken where email_id = given."emailId" order by created_at desc limit 1)) as content
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as given (id uuid, "emailId" uuid, draft jsonb)
    )
    insert into email_summaries (id, user_id, email_id, connection_id, gmail_message_id, gmail_thread_id, subject, sender,
      received_at, headline, summary, key_points, action_items, category, urgency, people, language, confidence, model,
      prompt_version, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, cost_micros, superseded_at)
    select answer.id, ${userId}::uuid, answer."emailId", mail."connectionId", mail."gmailMessageId", mail."gmailThreadId",
      mail.subject, mail.sender, mail."receivedAt", said.headline, said.summary, said."keyPoints", said."actionItems",
      said.category, said.urgency, said.people, said.language, said.confidence, made.model, made."promptVersion",
      took.input, took.output, took."cacheRead", took."cacheWrite", made."costMicros", ${supersededAt}
    from answer,
      jsonb_to_record(content->'headers') as mail ("connectionId" uuid, "gmailMessageId" text, "gmailThreadId" text,
        subject text, sender text, "receivedAt" timestamptz),
      jsonb_to_record(content->'summarised') as made (summary jsonb, model text, "promptVersion" text, usage jsonb,
        "costMicros" bigint),
      jsonb_to_record(made.summary) as said (headline text, summary text, "keyPoints" jsonb, "actionItems" jsonb,
        category text, urgency text, people jsonb, language text, confidence float8),
      jsonb_to_record(made.usage) as took (input integer, output integer, "cacheRead" integer, "cacheWrite" integer)
    where content is not null`;
}
