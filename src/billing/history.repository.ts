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

/** All reads and writes of `billing_history`. */
@Injectable()
export class HistoryRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** Adds lines; one that is there already stays as it is. */
  async add(...lines: HistoryLine[]): Promise<void> {
    const data = lines.map((line) => ({ id: uuidv7(), ...line }));
    await this.uow.db.billingHistory.createMany({ data, skipDuplicates: true });
  }
}
