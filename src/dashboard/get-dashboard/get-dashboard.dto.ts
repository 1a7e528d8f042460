import { ApiProperty } from '@nestjs/swagger';

/** Credits that are lost unless they are spent in time. */
export class ExpiringCreditsDto {
  credits!: number;
  /** ISO 8601, UTC. */
  expiresAt!: string;
}

/** Credits as they stand now. */
export class DashboardCreditsDto {
  /** Free to spend. */
  available!: number;
  /** Set aside for mails under way. */
  held!: number;
  /** Spent on stored summaries. */
  captured!: number;
  /** What expires within two weeks. */
  expiring!: ExpiringCreditsDto[];
}

export class DashboardConnectionDto {
  id!: string;
  emailAddress!: string;
  status!: 'pending' | 'connected' | 'needs_reauth' | 'paused' | 'disconnected';
  statusReason!: string | null;
  /** ISO 8601, UTC. */
  lastSyncedAt!: string | null;
  /** False when the mailbox fell silent, or waits for its owner. */
  healthy!: boolean;
}

export class DashboardMailsDto {
  awaiting_credits!: number;
  queued!: number;
  running!: number;
  done!: number;
  skipped!: number;
  failed!: number;
  cancelled!: number;
}

/** Summaries of a stretch of time. */
export class SummaryCountsDto {
  total!: number;
  byCategory!: Record<string, number>;
  byUrgency!: Record<string, number>;
}

export class SummaryPeriodsDto {
  /** Stored since midnight. */
  today!: SummaryCountsDto;
  /** Stored in the last seven days, today included. */
  week!: SummaryCountsDto;
}

export class DashboardSummariesDto extends SummaryCountsDto {
  /** Whose midnight counts: the time zone of the profile, else UTC. */
  timeZone!: string;
  /** Stored since midnight. */
  today!: number;
  /** Stored in the last seven days, today included. */
  week!: number;
  periods!: SummaryPeriodsDto;
}

export class DashboardUsageDto {
  /** Calendar day, UTC. */
  @ApiProperty({ format: 'date' })
  day!: string;
  discovered!: number;
  summarised!: number;
  skipped!: number;
  failed!: number;
}

/** A run that is not over. */
export class DashboardRunDto {
  id!: string;
  connectionId!: string | null;
  startedAt!: string | null;
  /** Mails that came to an end. */
  finished!: number;
  /** Mails that are queued or under way. */
  left!: number;
  /** Seconds until nothing is left, at the pace so far; null while that is unknown. */
  etaSeconds!: number | null;
}

export class DashboardDto {
  credits!: DashboardCreditsDto;
  connections!: DashboardConnectionDto[];
  mails!: DashboardMailsDto;
  summaries!: DashboardSummariesDto;
  /** The last thirty days, today last. */
  usage!: DashboardUsageDto[];
  /** Runs under way, the newest first. */
  runs!: DashboardRunDto[];
}
