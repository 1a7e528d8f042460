import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { PageOf, PageQueryDto } from '../../kernel/http/page';
import { type JobState, jobStates } from '../domain/job-state';

export class ListJobsDto extends PageQueryDto {
  /** Only jobs in this state. */
  @IsOptional()
  @IsIn(jobStates)
  state?: JobState;

  /** Only jobs of this run. */
  @IsOptional()
  @IsUUID()
  runId?: string;
}

export class JobDto {
  id!: string;
  emailId!: string;
  runId!: string | null;
  state!: JobState;
  /** Whether the mail is summarised at once or within a day. */
  lane!: 'now' | 'overnight';
  /** Why the job is where it is: set when it was skipped, failed, cancelled or put off. */
  reasonCode!: string | null;
  /** Times the job was started. */
  attempts!: number;
  createdAt!: Date;
  finishedAt!: Date | null;
}

export class JobPage extends PageOf(JobDto) {}
