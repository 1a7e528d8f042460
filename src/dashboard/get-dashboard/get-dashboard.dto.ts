/** Credits as they stand now. */
export class DashboardCreditsDto {
  /** Free to spend. */
  available!: number;
  /** Set aside for mails under way. */
  held!: number;
  /** Spent on stored summaries. */
  captured!: number;
}

export class DashboardConnectionDto {
  id!: string;
  emailAddress!: string;
  status!: 'pending' | 'connected' | 'needs_reauth' | 'paused' | 'disconnected';
  statusReason!: string | null;
  /** ISO 8601, UTC. */
  lastSyncedAt!: string | null;
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

export class DashboardSummariesDto {
  total!: number;
  /** Stored since midnight UTC. */
  today!: number;
  /** Stored in the last seven days. */
  week!: number;
  byCategory!: Record<string, number>;
  byUrgency!: Record<string, number>;
}

export class DashboardDto {
  credits!: DashboardCreditsDto;
  connections!: DashboardConnectionDto[];
  mails!: DashboardMailsDto;
  summaries!: DashboardSummariesDto;
}
