import { IsIn, IsOptional, IsUUID, Length } from 'class-validator';
import type { JobView, RetriedMails } from '../../jobs/contracts';
import { PageOf, PageQueryDto } from '../../kernel/http/page';

const states = ['awaiting_credits', 'queued', 'running', 'done', 'skipped', 'failed', 'cancelled'] as const;

export class SearchJobsDto extends PageQueryDto {
  @IsOptional()
  @IsUUID()
  userId?: string;

  @IsOptional()
  @IsUUID()
  runId?: string;

  @IsOptional()
  @IsIn(states)
  state?: 'awaiting_credits' | 'queued' | 'running' | 'done' | 'skipped' | 'failed' | 'cancelled';

  /** Why it stands where it does, such as `email.refused`. */
  @IsOptional()
  @Length(3, 100)
  reasonCode?: string;
}

/** The work on one mail. */
export class AdminJobDto implements JobView {
  id!: string;
  userId!: string;
  emailId!: string;
  runId!: string | null;
  state!: 'awaiting_credits' | 'queued' | 'running' | 'done' | 'skipped' | 'failed' | 'cancelled';
  reasonCode!: string | null;
  /** Times it was started. */
  attempts!: number;
  /** Times an upstream put it off. */
  deferrals!: number;
  createdAt!: Date;
  finishedAt!: Date | null;
}

export class AdminJobPage extends PageOf(AdminJobDto) {}

export class JobStateDto {
  state!: 'awaiting_credits' | 'queued' | 'running' | 'done' | 'skipped' | 'failed' | 'cancelled';
}

export class CancelledMailsDto {
  cancelled!: number;
}

export class RetriedMailsDto implements RetriedMails {
  queued!: number;
  awaitingCredits!: number;
  left!: number;
}
