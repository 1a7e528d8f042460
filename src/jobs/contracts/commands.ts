import { Command } from '@nestjs/cqrs';
import type { JobState } from '../domain/job-state';

/** What asked for a sync. */
export type SyncTrigger = 'user' | 'push' | 'schedule';

/**
 * Queues a sync of one mailbox and answers its run. While a sync of that mailbox is queued or running, that one's run is
 * answered and nothing is queued.
 * @throws DomainError `jobs.connection-not-ready` (conflict) or `gmail.connection-not-found` (not-found), for the trigger `user`.
 */
export class StartSync extends Command<{ runId: string }> {
  constructor(
    readonly userId: string,
    readonly connectionId: string,
    readonly trigger: SyncTrigger,
  ) {
    super();
  }
}

/** Who asks for a change of work: its owner by id, who reaches their own only, or an administrator, who reaches all. */
export type Asker = { userId: string } | 'admin';

/**
 * Stops the work on one mail and gives its credit back. A worker that is at it finds its lease gone and can store nothing.
 * @throws DomainError `jobs.job-not-found`; `jobs.job-ended` (conflict) when there is nothing left to stop.
 */
export class CancelJob extends Command<void> {
  constructor(
    readonly asker: Asker,
    readonly jobId: string,
  ) {
    super();
  }
}

/**
 * Stops a run: its walk, and every mail of it that has not ended; mails that are discovered too late end as well. Answers how
 * many mails were stopped. Repeating it stops what is left.
 * @throws DomainError `jobs.run-not-found`.
 */
export class CancelRun extends Command<{ cancelled: number }> {
  constructor(
    readonly asker: Asker,
    readonly runId: string,
  ) {
    super();
  }
}

/**
 * Tries a failed or cancelled mail again, with fresh attempts and a new hold; without a free credit it waits for one.
 * @throws DomainError `jobs.job-not-found`; `jobs.not-retryable` (conflict) in any other state; `jobs.quarantined` (conflict);
 * `jobs.not-settled` (conflict) for the moment in which its last credit is still being given back.
 */
export class RetryJob extends Command<{ state: JobState }> {
  constructor(
    readonly asker: Asker,
    readonly jobId: string,
  ) {
    super();
  }
}

/** What became of the failed mails of a run: queued again, waiting for credits, or left as they are (quarantined, not settled). */
export interface RetriedMails {
  queued: number;
  awaitingCredits: number;
  left: number;
}

/** Tries the failed mails of a run again, as `RetryJob` does one. @throws DomainError `jobs.run-not-found`. */
export class RetryRun extends Command<RetriedMails> {
  constructor(
    readonly asker: Asker,
    readonly runId: string,
  ) {
    super();
  }
}

/**
 * Lets a quarantined mail run again, as an administrator decides.
 * @throws DomainError `jobs.job-not-found`; `jobs.not-quarantined` (conflict); `jobs.not-settled` (conflict).
 */
export class ReleaseQuarantined extends Command<{ state: JobState }> {
  constructor(readonly jobId: string) {
    super();
  }
}

/** Hands out no more mails of a user until `ResumeProcessing`; what runs ends. Credits stay held. Repeating it is safe. */
export class PauseProcessing extends Command<void> {
  constructor(readonly userId: string) {
    super();
  }
}

/** Ends `PauseProcessing`. Repeating it is safe. */
export class ResumeProcessing extends Command<void> {
  constructor(readonly userId: string) {
    super();
  }
}

/** Ends all work of a user, under way or waiting: workers find their leases gone, and holds are released. */
export class CancelWork extends Command<void> {
  constructor(
    readonly userId: string,
    readonly reasonCode: string,
  ) {
    super();
  }
}
