import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Prisma } from '../kernel/database/generated/client';
import { UnitOfWork } from '../kernel/database/unit-of-work';

export const historyKinds = ['purchase', 'payment_failed', 'refund', 'dispute', 'statement'] as const;
export type HistoryKind = (typeof historyKinds)[number];

/** A line of a user's billing history; once per user, kind and reference. Amounts are in minor currency units. */
export interface HistoryLine {
  userId: string;
  kind: HistoryKind;
  ref: string;
  paymentId?: string;
  credits?: number;
  amountMinor?: number;
  currency?: string;
  details?: Prisma.InputJsonObject;
  occurredAt: Date;
}

/** A line as it is read. */
export interface StoredHistoryLine {
  id: string;
  kind: HistoryKind;
  ref: string;
  paymentId: string | null;
  credits: number | null;
  amountMinor: number | null;
  currency: string | null;
  details: Record<string, unknown>;
  occurredAt: Date;
}

/** All reads and writes of `billing_history`. */
@Injectable()
export class HistoryRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** Adds lines; one that is there already stays as it is. */
  async add(...lines: HistoryLine[]): Promise<void> {
    const data = lines.map((line) => ({ id: uuidv7(), ...line }));
    await this.uow.db.billingHistory.createMany({ data, skipDuplicates: true });
  }

  /** Newest first; `before` is the last line of the page before. */
  async list(
    userId: string,
    kind: HistoryKind | undefined,
    before: { at: Date; id: string } | null,
    limit: number,
  ): Promise<StoredHistoryLine[]> {
    const { at, id } = before ?? { at: null, id: null };
    return this.uow.db.$queryRaw<StoredHistoryLine[]>`
      select id, kind, ref, payment_id as "paymentId", credits::float8 as credits, amount_minor::float8 as "amountMinor",
        currency, details, occurred_at as "occurredAt"
      from billing_history
      where user_id = ${userId}::uuid and (${kind ?? null}::text is null or kind = ${kind ?? null}::text)
        and (${at}::timestamptz is null
          or (occurred_at, id) < (${at}::timestamptz, ${id}::uuid))
      order by occurred_at desc, id desc limit ${limit}`;
  }
}
