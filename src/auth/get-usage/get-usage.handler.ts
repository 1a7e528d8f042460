import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { UsageRepository } from '../usage.repository';
import type { UsageDto } from './get-usage.dto';

const dayMs = 86_400_000;
/** Days of one answer at most. */
const mostDays = 366;
const usualDays = 30;

/**
 * A user's usage, both days included, as YYYY-MM-DD (UTC).
 * @throws DomainError `auth.bad-usage-range` (invalid): a day that does not exist, an end before its start, over 366 days.
 */
export class GetUsage extends Query<UsageDto> {
  constructor(
    readonly userId: string,
    readonly from: string | undefined,
    readonly to: string | undefined,
  ) {
    super();
  }
}

@QueryHandler(GetUsage)
export class GetUsageHandler implements IQueryHandler<GetUsage> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly usage: UsageRepository,
  ) {}

  async execute({ userId, from, to }: GetUsage): Promise<UsageDto> {
    const last = dayOf(to ?? new Date().toISOString().slice(0, 10));
    const first = from === undefined ? new Date(last.getTime() - (usualDays - 1) * dayMs) : dayOf(from);
    const days = (last.getTime() - first.getTime()) / dayMs + 1;
    if (days < 1 || days > mostDays) throw badRange(`Ask for 1 to ${mostDays} days`);
    const rows = await this.uow.readAsUser(userId, () => this.usage.list(userId, first, last));
    return {
      from: nameOf(first),
      to: nameOf(last),
      days: rows.map((row) => ({
        day: nameOf(row.day),
        discovered: row.discovered,
        summarised: row.summarised,
        skipped: row.skipped,
        failed: row.failed,
        inputTokens: Number(row.inputTokens),
        outputTokens: Number(row.outputTokens),
        cacheReadTokens: Number(row.cacheReadTokens),
        cacheWriteTokens: Number(row.cacheWriteTokens),
        costMicros: Number(row.costMicros),
      })),
    };
  }
}

const nameOf = (day: Date): string => day.toISOString().slice(0, 10);

/** `Date` takes the 31st of February for a day in March. */
function dayOf(name: string): Date {
  const day = new Date(`${name}T00:00:00Z`);
  if (Number.isNaN(day.getTime()) || nameOf(day) !== name) throw badRange(`${name} is no day`);
  return day;
}

function badRange(message: string): DomainError {
  return new DomainError('invalid', 'auth.bad-usage-range', message);
}
