import { Query } from '@nestjs/cqrs';
import type { JobState } from '../domain/job-state';

/** How many of a user's mails stand in each state. */
export type JobCounts = Record<JobState, number>;

export class CountJobs extends Query<JobCounts> {
  constructor(readonly userId: string) {
    super();
  }
}

/** The work on one mail, as an administrator sees it. */
export interface JobView {
  id: string;
  userId: string;
  emailId: string;
  runId: string | null;
  state: JobState;
  reasonCode: string | null;
  /** Times it was started. */
  attempts: number;
  /** Times an upstream put it off. */
  deferrals: number;
  createdAt: Date;
  finishedAt: Date | null;
}

/** Which jobs to look for; what is absent does not matter. */
export interface JobFilter {
  userId?: string;
  runId?: string;
  state?: JobState;
  reasonCode?: string;
}

/** Jobs over all users, newest first, from just before the id `before`. */
export class SearchJobs extends Query<JobView[]> {
  constructor(
    readonly filter: JobFilter,
    readonly before: string | null,
    readonly limit: number,
  ) {
    super();
  }
}

/** A sync of one mailbox, as an administrator sees it. */
export interface RunRecord {
  id: string;
  userId: string;
  connectionId: string | null;
  trigger: 'user' | 'push' | 'schedule' | 'system';
  /** Of the walk through the mailbox; its mails are jobs of their own. */
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  reasonCode: string | null;
  /** Times its walk was started. */
  attempts: number;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

/** Which runs to look for; what is absent does not matter. */
export interface RunFilter {
  userId?: string;
  connectionId?: string;
  state?: RunRecord['state'];
  reasonCode?: string;
}

/** Runs over all users, newest first, from just before the id `before`. */
export class SearchRuns extends Query<RunRecord[]> {
  constructor(
    readonly filter: RunFilter,
    readonly before: string | null,
    readonly limit: number,
  ) {
    super();
  }
}

/** Mails that killed their workers and wait for an administrator, newest first, from just before the id `before`. */
export class ListQuarantined extends Query<JobView[]> {
  constructor(
    readonly before: string | null,
    readonly limit: number,
  ) {
    super();
  }
}

/** Something an upstream asked to be left alone with: `model`, `mailbox:<connection>` or `user:<user>`. */
export interface PausedLane {
  lane: string;
  pausedAt: Date;
  pausedUntil: Date;
  reasonCode: string;
}

/** How the work stands over all users and processes. */
export interface QueueHealth {
  /** Whether new work is started (`processing.enabled`, and `ENABLE_BACKGROUND_PROCESSING` of this process). */
  enabled: boolean;
  /** Mails handed to the queue and not yet started; always below 100. */
  waiting: number;
  running: number;
  /** Mails that are paid for and wait for their turn. */
  ready: number;
  quarantined: number;
  /** Milliseconds since the longest waiting ready mail could have begun; null when none waits. */
  oldestReadyMs: number | null;
  pausedLanes: PausedLane[];
}

export class GetQueueHealth extends Query<QueueHealth> {}
