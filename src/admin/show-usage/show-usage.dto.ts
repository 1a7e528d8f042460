import { IsISO8601 } from 'class-validator';
import type { UsageDay } from '../../auth/contracts';

export class ShowUsageDto {
  /** First day, ISO 8601 (UTC). */
  @IsISO8601({ strict: true })
  from!: string;

  /** Last day, included. */
  @IsISO8601({ strict: true })
  to!: string;
}

export class RevenueDto {
  /** ISO 4217, lower case. */
  currency!: string;
  /** Minor currency units, refunds and disputes taken off. */
  amountMinor!: number;
}

/** What happened on a day (UTC), what it cost and what it brought in. */
export class AdminUsageDayDto implements UsageDay {
  day!: string;
  activeUsers!: number;
  discovered!: number;
  summarised!: number;
  skipped!: number;
  failed!: number;
  inputTokens!: number;
  outputTokens!: number;
  cacheReadTokens!: number;
  cacheWriteTokens!: number;
  /** Millionths of a dollar. */
  costMicros!: number;
  revenue!: RevenueDto[];
  /** Revenue less cost in millionths of a dollar; null where revenue came in a currency without a rate (`analytics.usdRates`). */
  marginMicros!: number | null;
}

export class AdminUsageDto {
  data!: AdminUsageDayDto[];
}
