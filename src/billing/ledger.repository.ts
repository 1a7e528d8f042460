import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Prisma } from '../kernel/database/generated/client';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import { CreditFlow } from './credit-flow';
import type { Balance, GrantTerms, OpenLot } from './contracts';

/** What became of one mail's hold. */
export interface HoldOutcome {
  emailId: string;
  outcome: 'captured' | 'released' | 'already' | 'conflict' | 'none';
}

/** One broken invariant. */
export interface Violation {
  invariant: string;
  subject: string;
  detail: string;
}

/** Where a grant comes from; once per source and reference. */
export interface Grant {
  userId: string;
  source: 'purchase' | 'welcome' | 'promotion';
  sourceRef: string;
  credits: number;
  terms: GrantTerms;
}

/** Every call of the ledger's SQL functions, and what is read of its tables. Credits are whole numbers. */
@Injectable()
export class LedgerRepository {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly flow: CreditFlow,
  ) {}

  async openWallet(userId: string): Promise<void> {
    await this.uow.db.$queryRaw`select ledger_open_wallet(${userId}::uuid)`;
  }

  /** False when this source and reference were granted before. */
  async grant({ userId, source, sourceRef, credits, terms }: Grant): Promise<boolean> {
    const { priority = 10, validityDays = null } = terms;
    const [row] = await this.uow.db.$queryRaw<{ granted: boolean }[]>`
      select ledger_grant(${userId}::uuid, ${uuidv7()}::uuid, ${source}, ${sourceRef}, ${credits}::bigint, ${priority}::integer,
        now() + ${validityDays}::integer * interval '1 day') as granted`;
    const granted = row?.granted ?? false;
    if (granted) this.flow.count('granted', credits);
    return granted;
  }

  /** The mails that are held now, in the order given. */
  async hold(userId: string, emailIds: string[], ttlHours: number, cap: number | null): Promise<string[]> {
    const rows = await this.uow.db.$queryRaw<{ emailId: string }[]>`
      select ledger_hold(${userId}::uuid, ${emailIds}::uuid[], ${emailIds.map(() => uuidv7())}::uuid[],
        ${ttlHours}::integer * interval '1 hour', ${cap}::integer) as "emailId"`;
    this.flow.count('held', rows.length);
    return rows.map(({ emailId }) => emailId);
  }

  async capture(userId: string, emailIds: string[]): Promise<HoldOutcome[]> {
    const outcomes = await this.uow.rows<HoldOutcome>(Prisma.sql`
      select email_id as "emailId", outcome from ledger_capture(${userId}::uuid, ${emailIds}::uuid[])`);
    this.flow.count('captured', outcomes.filter(({ outcome }) => outcome === 'captured').length);
    return outcomes;
  }

  async release(userId: string, emailIds: string[], reason: string): Promise<HoldOutcome[]> {
    const outcomes = await this.uow.db.$queryRaw<HoldOutcome[]>`
      select email_id as "emailId", outcome from ledger_release(${userId}::uuid, ${emailIds}::uuid[], ${reason})`;
    this.flow.count('released', outcomes.filter(({ outcome }) => outcome === 'released').length);
    return outcomes;
  }

  /** Somebody took `claimed` of a purchase's `total` (minor currency units) back; answers the change in credits. */
  async clawBack(
    userId: string,
    sourceRef: string,
    ref: string,
    claimed: number,
    total: number,
  ): Promise<number> {
    const [row] = await this.uow.db.$queryRaw<{ change: number }[]>`
      select ledger_claw_back(${userId}::uuid, ${sourceRef}, ${ref}, ${claimed}::bigint, ${total}::bigint)::float8 as change`;
    const change = row?.change ?? 0;
    this.flow.count('clawed-back', Math.abs(change));
    return change;
  }

  /** A claim is void; answers the change in credits. */
  async reverseClawBack(userId: string, sourceRef: string, ref: string): Promise<number> {
    const [row] = await this.uow.db.$queryRaw<{ change: number }[]>`
      select ledger_reverse_claw_back(${userId}::uuid, ${sourceRef}, ${ref})::float8 as change`;
    const change = row?.change ?? 0;
    this.flow.count('returned', Math.abs(change));
    return change;
  }

  async adjust(
    userId: string,
    key: string,
    credits: number,
    reason: string,
  ): Promise<'applied' | 'already' | 'insufficient'> {
    const [row] = await this.uow.db.$queryRaw<{ outcome: 'applied' | 'already' | 'insufficient' }[]>`
      select ledger_adjust(${userId}::uuid, ${uuidv7()}::uuid, ${key}, ${credits}::bigint, ${reason}) as outcome`;
    const outcome = row?.outcome ?? 'already';
    if (outcome === 'applied')
      this.flow.count(credits > 0 ? 'adjusted-up' : 'adjusted-down', Math.abs(credits));
    return outcome;
  }

  /** Expires what is due in at most `wallets` wallets; answers the credits that went. */
  async expire(wallets: number): Promise<number> {
    const [row] = await this.uow.db.$queryRaw<{ gone: number }[]>`
      select ledger_expire(${wallets}::integer)::float8 as gone`;
    const gone = row?.gone ?? 0;
    this.flow.count('expired', gone);
    return gone;
  }

  /** What standing refunds and disputes claim of a purchase, in minor currency units. */
  async claimedOf(sourceRef: string): Promise<{ refunded: number; disputed: number }> {
    const [row] = await this.uow.db.$queryRaw<{ refunded: number; disputed: number }[]>`
      select coalesce(sum(claimed) filter (where ref like 'refund:%'), 0)::float8 as refunded,
        coalesce(sum(claimed) filter (where ref like 'dispute:%'), 0)::float8 as disputed
      from credit_claims where source_ref = ${sourceRef} and reversed_at is null`;
    return row ?? { refunded: 0, disputed: 0 };
  }

  /** References of the claims on a purchase that begin like this and stand. */
  async liveClaims(sourceRef: string, prefix: string): Promise<string[]> {
    const where = { sourceRef, ref: { startsWith: prefix }, reversedAt: null };
    return (await this.uow.db.creditClaim.findMany({ where, select: { ref: true } })).map(({ ref }) => ref);
  }

  /** Whether a claw-back found every credit of a purchase still there: none was used, held, expired or taken before. */
  async isTakenBackWhole(paymentId: string): Promise<boolean> {
    const lot = await this.uow.db.creditLot.findFirst({
      where: { source: 'purchase', sourceRef: paymentId },
    });
    return lot !== null && lot.taken === lot.granted;
  }

  /** Nothing of a lot past its date counts as available, whether or not the sweep has seen it. */
  async balance(userId: string): Promise<Balance> {
    const [row] = await this.uow.rows<Balance & { lots: OpenLot[] | null }>(Prisma.sql`
      select greatest(least(w.posted - w.held, l.usable), 0)::float8 as available, w.held::float8 as held,
        l.captured::float8 as captured, l.granted::float8 as granted, greatest(w.held - w.posted, 0)::float8 as owed, l.lots
      from credit_wallets w
      cross join lateral (
        select coalesce(sum(captured), 0) as captured, coalesce(sum(granted), 0) as granted,
          coalesce(sum(remaining - held) filter (where expires_at is null or expires_at > now()), 0) as usable,
          json_agg(json_build_object('source', source, 'granted', granted, 'remaining', remaining, 'held', held,
            'expiresAt', expires_at) order by priority, expires_at nulls last, created_at, id) filter (where remaining > 0) as lots
        from credit_lots where user_id = w.user_id) l
      where w.user_id = ${userId}::uuid`);
    const none = { available: 0, held: 0, captured: 0, granted: 0, owed: 0 };
    // JSON of the database names its own offset; what goes out is UTC.
    const lots = (row?.lots ?? []).map(({ expiresAt, ...lot }) => ({
      ...lot,
      expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
    }));
    return { ...none, ...row, lots };
  }

  /** Users with holds past their date, and the mails. */
  overdueHolds(limit: number): Promise<{ userId: string; emailIds: string[] }[]> {
    return this.uow.db.$queryRaw`
      select user_id as "userId", array_agg(email_id) as "emailIds"
      from (select user_id, email_id from credit_holds
        where state = 'held' and resolved_at is null and expires_at < now()
        order by expires_at limit ${limit}) due
      group by user_id`;
  }

  violations(): Promise<Violation[]> {
    return this.uow.db.$queryRaw<
      Violation[]
    >`select invariant, subject, detail from ledger_violations order by 1, 2`;
  }
}
