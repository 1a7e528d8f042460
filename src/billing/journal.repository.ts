import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import type { Month, Statement, StatementLine } from './domain/statement';

/** A line of the journal as its user reads it. */
export interface Transaction {
  seq: number;
  kind: string;
  credits: number;
  held: number;
  balanceAfter: number;
  heldAfter: number;
  emailId: string | null;
  source: string;
  reason: string | null;
  createdAt: Date;
}

/** Which lines are wanted; null means all. `before` is a line's number. */
export interface TransactionFilter {
  kinds: string[] | null;
  from: Date | null;
  to: Date | null;
  before: number | null;
}

/** What is read of `credit_transactions`. */
@Injectable()
export class JournalRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** Newest first. */
  list(
    userId: string,
    { kinds, from, to, before }: TransactionFilter,
    limit: number,
  ): Promise<Transaction[]> {
    return this.uow.db.$queryRaw<Transaction[]>`
      select t.seq::float8 as seq, lower(t.kind) as kind, t.d_posted::float8 as credits, t.d_held::float8 as held,
        t.posted_after::float8 as "balanceAfter", t.held_after::float8 as "heldAfter", h.email_id as "emailId", l.source,
        coalesce(t.reason, h.reason) as reason, t.created_at as "createdAt"
      from credit_transactions t
      join credit_lots l on l.id = t.lot_id
      left join credit_holds h on h.id = t.hold_id
      where t.user_id = ${userId}::uuid
        and (${before}::bigint is null or t.seq < ${before}::bigint)
        and (${kinds}::text[] is null or lower(t.kind) = any(${kinds}::text[]))
        and (${from}::timestamptz is null or t.created_at >= ${from}::timestamptz)
        and (${to}::timestamptz is null or t.created_at < ${to}::timestamptz)
      order by t.seq desc limit ${limit}`;
  }

  /** The balance before an instant. */
  async balanceBefore(userId: string, instant: Date): Promise<number> {
    const [row] = await this.uow.db.$queryRaw<{ posted: number }[]>`
      select posted_after::float8 as posted from credit_transactions
      where user_id = ${userId}::uuid and created_at < ${instant}::timestamptz
      order by seq desc limit 1`;
    return row?.posted ?? 0;
  }

  async statement(userId: string, { from, to }: Month): Promise<Statement> {
    const opening = await this.balanceBefore(userId, from);
    const [sums] = await this.uow.db.$queryRaw<
      (Omit<Statement, 'opening' | 'closing'> & { change: number })[]
    >`
      select coalesce(sum(d_posted), 0)::float8 as change,
        coalesce(sum(d_posted) filter (where kind = 'GRANT' and source = 'purchase'), 0)::float8 as bought,
        coalesce(sum(d_posted) filter (where kind = 'GRANT' and source <> 'purchase'), 0)::float8 as granted,
        coalesce(sum(d_posted) filter (where kind = 'ADJUST'), 0)::float8 as adjusted,
        coalesce(-sum(d_posted) filter (where kind = 'CAPTURE'), 0)::float8 as used,
        coalesce(-sum(d_posted) filter (where kind = 'EXPIRE'), 0)::float8 as expired,
        coalesce(-sum(d_posted) filter (where kind in ('CLAWBACK', 'CLAWBACK_REVERSAL')), 0)::float8 as refunded
      from credit_transactions t join credit_lots l on l.id = t.lot_id
      where t.user_id = ${userId}::uuid and t.created_at >= ${from}::timestamptz and t.created_at < ${to}::timestamptz`;
    const none = { bought: 0, granted: 0, adjusted: 0, used: 0, expired: 0, refunded: 0 };
    const { change, ...movements } = sums ?? { change: 0, ...none };
    return { opening, ...movements, closing: opening + change };
  }

  /** A month's lines in their order; what was used or expired is summed by day. */
  statementLines(userId: string, { from, to }: Month): Promise<StatementLine[]> {
    return this.uow.db.$queryRaw<StatementLine[]>`
      with line as (
        select t.*, l.source, p.id as payment_id, p.amount_minor, p.currency,
          to_char(t.created_at at time zone 'utc', 'YYYY-MM-DD') as day
        from credit_transactions t
        join credit_lots l on l.id = t.lot_id
        left join stripe_payments p on l.source = 'purchase' and p.id::text = l.source_ref and t.kind = 'GRANT'
        where t.user_id = ${userId}::uuid and t.created_at >= ${from}::timestamptz and t.created_at < ${to}::timestamptz
          and t.d_posted <> 0
      )
      select day, lower(kind) as kind, source, sum(d_posted)::float8 as credits, max(amount_minor)::float8 as "amountMinor",
        max(currency) as currency, max(payment_id::text) as "paymentId"
      from line
      group by day, kind, source, case when kind not in ('CAPTURE', 'EXPIRE') then seq end
      order by day, min(seq)`;
  }

  /** Users with a wallet since before the month's end who have no statement for it yet. */
  async withoutStatement({ name, to }: Month, limit: number): Promise<string[]> {
    const rows = await this.uow.db.$queryRaw<{ userId: string }[]>`
      select w.user_id as "userId" from credit_wallets w
      where w.created_at < ${to}::timestamptz and not exists (
        select from billing_history b where b.user_id = w.user_id and b.kind = 'statement' and b.ref = ${name})
      order by w.user_id limit ${limit}`;
    return rows.map(({ userId }) => userId);
  }
}
