import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../kernel/database/unit-of-work';

/** What users read of `usage_analytics`; the modules that do the work write it. */
@Injectable()
export class UsageRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** A user's days from one to the other, both included, oldest first; a day without work has no row. */
  async list(userId: string, from: Date, to: Date) {
    return this.uow.db.usageAnalytics.findMany({
      where: { userId, day: { gte: from, lte: to } },
      orderBy: { day: 'asc' },
    });
  }
}
