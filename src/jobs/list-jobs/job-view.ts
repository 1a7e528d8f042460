import type { ProcessingJob } from '../../kernel/database/generated/client';
import type { JobDto } from './list-jobs.dto';

/** A job as its owner is shown it. */
export function jobView(job: ProcessingJob): JobDto {
  const { id, emailId, runId, state, lane, reasonCode, attempts, createdAt, finishedAt } = job;
  return {
    ...{ id, emailId, runId, reasonCode, attempts, createdAt, finishedAt },
    state: state as JobDto['state'],
    lane: lane as JobDto['lane'],
  };
}
