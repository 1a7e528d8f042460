import { Query } from '@nestjs/cqrs';
import type { JobState } from '../domain/job-state';

/** How many of a user's mails stand in each state. */
export type JobCounts = Record<JobState, number>;

export class CountJobs extends Query<JobCounts> {
  constructor(readonly userId: string) {
    super();
  }
}
