import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import { DomainError } from '../kernel/errors/domain-error';
import { SystemConfig } from '../kernel/system-config/system-config';
import type { Promised } from './contracts';
import { UsageRepository } from './usage.repository';
import { dailySpendCap, userDailySpendCap } from './email.settings';

const dayMs = 86_400_000;

/** Stops the model from being asked once a day's money is spent. What is under way at that moment still ends. */
@Injectable()
export class SpendCap {
  constructor(
    private readonly config: SystemConfig,
    private readonly uow: UnitOfWork,
    private readonly usage: UsageRepository,
  ) {}

  /**
   * What batches under way may still cost counts as spent.
   * @param promised what mails ahead of this one may cost that are in no batch yet.
   * @throws DomainError `email.daily-spend-cap` (unavailable) or `email.user-spend-cap` (rate-limited); work waits until
   * midnight UTC.
   */
  async ensureRoom(
    userId: string,
    promised: Promised = { user: 0, everyone: 0 },
    now: number = Date.now(),
  ): Promise<void> {
    const all = this.config.get(dailySpendCap);
    const own = this.config.get(userDailySpendCap);
    if (all === null && own === null) return;
    const spent = await this.uow.readAsService('compare spending with its cap', () =>
      this.usage.spentToday(userId),
    );
    const retryAfterMs = dayMs - (now % dayMs);
    if (all !== null && spent.everyone + promised.everyone >= all)
      throw new DomainError(
        'unavailable',
        'email.daily-spend-cap',
        "The day's budget for summaries is spent",
        {
          retryAfterMs,
        },
      );
    if (own !== null && spent.user + promised.user >= own)
      throw new DomainError('rate-limited', 'email.user-spend-cap', "The user's budget of the day is spent", {
        retryAfterMs,
      });
  }
}
