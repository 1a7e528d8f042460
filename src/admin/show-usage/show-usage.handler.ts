import { type IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { ListUsageDays, type UsageDay } from '../../auth/contracts';
import { ListRevenueDays, type RevenueDay } from '../../billing/contracts';
import { SystemConfig } from '../../kernel/system-config/system-config';
import { usdRates } from '../admin.settings';
import type { AdminUsageDayDto, AdminUsageDto } from './show-usage.dto';

/** Work, cost, revenue and margin of each day from `from` to `to` (ISO dates). */
export class ShowUsage extends Query<AdminUsageDto> {
  constructor(
    readonly from: string,
    readonly to: string,
  ) {
    super();
  }
}

@QueryHandler(ShowUsage)
export class ShowUsageHandler implements IQueryHandler<ShowUsage> {
  constructor(
    private readonly queries: QueryBus,
    private readonly config: SystemConfig,
  ) {}

  async execute({ from, to }: ShowUsage): Promise<AdminUsageDto> {
    const [usage, revenue] = await Promise.all([
      this.queries.execute(new ListUsageDays(from.slice(0, 10), to.slice(0, 10))),
      this.queries.execute(new ListRevenueDays(from.slice(0, 10), to.slice(0, 10))),
    ]);
    return { data: combine(usage, revenue, this.config.get(usdRates)) };
  }
}

const quietDay = {
  activeUsers: 0,
  discovered: 0,
  summarised: 0,
  skipped: 0,
  failed: 0,
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  costMicros: 0,
};

/** One row for each day on which anything was done or paid, the oldest first. */
export function combine(
  usage: UsageDay[],
  revenue: RevenueDay[],
  rates: Record<string, number>,
): AdminUsageDayDto[] {
  const days = [...new Set([...usage, ...revenue].map(({ day }) => day))].sort();
  return days.map((day) => {
    const work = usage.find((row) => row.day === day) ?? { day, ...quietDay };
    const taken = revenue.filter((row) => row.day === day);
    const micros = taken.map(({ currency, amountMinor }) => microsOf(amountMinor, currency, rates));
    const known = micros.filter((value) => value !== undefined);
    return {
      ...work,
      revenue: taken.map(({ currency, amountMinor }) => ({ currency, amountMinor })),
      marginMicros:
        known.length < micros.length ? null : known.reduce((sum, value) => sum + value, -work.costMicros),
    };
  });
}

/** Millionths of a dollar; a minor unit is what the currency has (a hundredth, for the yen a whole). */
function microsOf(amountMinor: number, currency: string, rates: Record<string, number>): number | undefined {
  const rate = rates[currency];
  if (rate === undefined) return undefined;
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  return Math.round((amountMinor / 10 ** maximumFractionDigits) * rate * 1e6);
}
