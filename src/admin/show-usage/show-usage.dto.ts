import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type as As } from 'class-transformer';
import { IsInt, IsISO8601, Max, Min } from 'class-validator';
import type { UsageDay, UsageOfUser } from '../../auth/contracts';

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

/** What mails came to. */
class UsageSumsDto {
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
}

/** What happened on a day (UTC), what it cost and what it brought in. */
export class AdminUsageDayDto extends UsageSumsDto implements UsageDay {
  day!: string;
  activeUsers!: number;
  revenue!: RevenueDto[];
  /** Revenue less cost in millionths of a dollar; null where revenue came in a currency without a rate (`analytics.usdRates`). */
  marginMicros!: number | null;
}

export class AdminUsageDto {
  data!: AdminUsageDayDto[];
}

export class ShowUsageByUserDto extends ShowUsageDto {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 100, default: 20 })
  @As(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit = 20;
}

/** What one user's mails came to over the days asked for. */
export class AdminUserUsageDto extends UsageSumsDto implements UsageOfUser {
  userId!: string;
  email!: string;
  /** Days on which anything was done for them. */
  activeDays!: number;
}

export class AdminUsageByUserDto {
  data!: AdminUserUsageDto[];
}
