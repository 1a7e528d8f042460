import { Query } from '@nestjs/cqrs';

export const jobStates = ['awaiting_credits', 'queued', 'running', 'done', 'skipped', 'failed', 'cancelled'] as const;
export type JobState = (typeof jobStates)[number];

/** How many of a user's mails stand in each state. */
export class CountJobs extends Query<Record<JobState, number>> {
  constructor(readonly userId: string) {
    super();
  }
}
