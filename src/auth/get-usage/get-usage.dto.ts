import { IsOptional, Matches } from 'class-validator';

const day = /^\d{4}-\d{2}-\d{2}$/;

export class GetUsageDto {
  /**
   * First day (UTC), as YYYY-MM-DD. Default: 29 days before the last one.
   * @example 2026-11-01
   */
  @IsOptional()
  @Matches(day)
  from?: string;

  /**
   * Last day (UTC), as YYYY-MM-DD. Default: today.
   * @example 2026-11-30
   */
  @IsOptional()
  @Matches(day)
  to?: string;
}

export class UsageDayDto {
  /** Day (UTC), YYYY-MM-DD. */
  day!: string;
  /** Mails found. */
  discovered!: number;
  /** Mails summarised. */
  summarised!: number;
  /** Mails in which there was nothing to summarise. */
  skipped!: number;
  /** Mails given up. */
  failed!: number;
  /** Tokens the model read, without those its cache wrote or served. */
  inputTokens!: number;
  /** Tokens the model wrote. */
  outputTokens!: number;
  /** Tokens the model's cache served. */
  cacheReadTokens!: number;
  /** Tokens the model's cache kept. */
  cacheWriteTokens!: number;
  /** Millionths of a dollar that the answers took, those of no use included. */
  costMicros!: number;
}

export class UsageDto {
  from!: string;
  to!: string;
  /** Days on which something happened, oldest first. */
  days!: UsageDayDto[];
}
