import { Injectable } from '@nestjs/common';
import { EnvDto } from '../kernel/config/env.dto';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import { DomainError } from '../kernel/errors/domain-error';
import { EmailRepository } from './email.repository';

const dayMs = 86_400_000;

/** Stops the model from being asked once a day's money is spent. What is under way at that moment still ends. */
@Injectable()
export class SpendCap {
  constructor(
    private readonly env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly repository: EmailRepository,
  ) {}

  /**
   * @throws DomainError `email.daily-spend-cap` (unavailable) or `email.user-spend-cap` (rate-limited); work waits until
   * midnight UTC.
   */
  async ensureRoom(userId: string, now: number = Date.now()): Promise<void> {
    const { SPEND_CAP_MICROS_PER_DAY: all, SPEND_CAP_MICROS_PER_USER_PER_DAY: own } = this.env;
    if (all === undefined && own === undefined) return;
    const spent = await this.uow.readAsService('compare spending with its cap', () =>
      this.repository.spentToday(userId),
    );
    const retryAfterMs = dayMs - (now % dayMs);
    if (all !== undefined && spent.everyone >= all)
      throw new DomainError(
        'unavailable',
        'email.daily-spend-cap',
        "The day's budget for summaries is spent",
        {
          retryAfterMs,
        },
      );
    if (own !== undefined && spent.user >= own)
      throw new DomainError('rate-limited', 'email.user-spend-cap', "The user's budget of the day is spent", {
        retryAfterMs,
      });
  }
}
