import { IsIn, IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { type Lane, lanes } from '../background-jobs.repository';

export class StartSyncDto {
  /** The mailbox to read; every connected one when absent. */
  @IsOptional()
  @IsUUID()
  connectionId?: string;

  /** Most mails a first backfill takes, newest first. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100_000)
  maxMails?: number;

  /** Most credits the run of each mailbox may take; mails beyond it are left out for good. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  maxCredits?: number;

  /**
   * `now` summarises every mail at once, `overnight` within a day. Without it the newest are summarised at once and the rest of a
   * long backfill overnight. A credit a mail either way.
   */
  @IsOptional()
  @IsIn(lanes)
  lane?: Lane;
}

export class StartedRunDto {
  connectionId!: string;
  /** The run to follow under `/api/jobs/runs/{runId}`. */
  runId!: string;
}

export class StartedSyncDto {
  runs!: StartedRunDto[];
}
