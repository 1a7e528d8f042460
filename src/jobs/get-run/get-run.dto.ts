import { ApiProperty } from '@nestjs/swagger';

/** How many mails stand in each state. */
export class JobCountsDto {
  awaiting_credits!: number;
  queued!: number;
  running!: number;
  done!: number;
  skipped!: number;
  failed!: number;
  cancelled!: number;
}

/** Credits of a run's mails, of which each takes one. */
export class RunCreditsDto {
  /** Set aside for mails that are queued or being worked on. */
  held!: number;
  /** Spent on summaries. */
  captured!: number;
  /** Given back, since no summary came of them. */
  released!: number;
}

export class RunDto {
  id!: string;
  connectionId!: string | null;
  trigger!: 'user' | 'push' | 'schedule' | 'system';
  /** State of the walk through the mailbox; mails are summarised while it goes on and after it. */
  state!: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  reasonCode!: string | null;
  /** Mails the walk found that were new; null until it is done. */
  discovered!: number | null;
  mails!: JobCountsDto;
  credits!: RunCreditsDto;
  /** Mails that ended, a second, over the last minute. */
  @ApiProperty({ type: 'number', format: 'double', minimum: 0 })
  ratePerSecond!: number;
  /** Seconds until the last mail ends at this rate; null while the walk may find more, and while nothing moves. */
  etaSeconds!: number | null;
  /** True when the walk is over and no mail of it is queued or running. */
  settled!: boolean;
  createdAt!: Date;
  startedAt!: Date | null;
  finishedAt!: Date | null;
}
