import { IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';

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
}

export class StartedRunDto {
  connectionId!: string;
  /** The run to follow under `/api/jobs/runs/{runId}`. */
  runId!: string;
}

export class StartedSyncDto {
  runs!: StartedRunDto[];
}
