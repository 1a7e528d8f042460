import { IsIn, IsOptional, IsUUID, Length } from 'class-validator';
import type { JobView, RetriedMails, RunRecord } from '../../jobs/contracts';
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

const runStates = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;

export class SearchRunsDto extends PageQueryDto {
  @IsOptional()
  @IsUUID()
  userId?: string;

  @IsOptional()
  @IsUUID()
  connectionId?: string;

  /** Of the walk through the mailbox. */
  @IsOptional()
  @IsIn(runStates)
  state?: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

  /** Why it stands where it does, such as `gmail.needs-reauth`. */
  @IsOptional()
  @Length(3, 100)
  reasonCode?: string;
}

/** A sync of one mailbox; the mails that it found are jobs. */
export class AdminRunDto implements RunRecord {
  id!: string;
  userId!: string;
  connectionId!: string | null;
  trigger!: 'user' | 'push' | 'schedule' | 'system';
  /** Of the walk through the mailbox. */
  state!: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  reasonCode!: string | null;
  /** Times its walk was started. */
  attempts!: number;
  createdAt!: Date;
  startedAt!: Date | null;
  finishedAt!: Date | null;
}

export class AdminRunPage extends PageOf(AdminRunDto) {}

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
