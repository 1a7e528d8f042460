import { type DomainEvent, Event } from '../../kernel/cqrs/domain-event';
import type { JobCounts } from './queries';

/** What a run came to in credits, of which a mail takes one: captured for its summary, or given back without one. */
export interface RunCredits {
  captured: number;
  released: number;
}

/**
 * A run came to rest: its walk is over, every mail it found is a job, and none of them is queued or running. Told once, in the
 * transaction that brings it to rest. Mails that are queued again later, by a retry or by new credits, open the run again: it
 * then finishes as the next `revision`, counted from 1, and what is told replaces what was told before.
 */
@Event('jobs.run-finished.v1', 'runId')
export class RunFinished implements DomainEvent {
  constructor(
    readonly userId: string,
    readonly runId: string,
    readonly connectionId: string,
    readonly revision: number,
    /** How the walk ended. */
    readonly state: 'done' | 'failed' | 'cancelled',
    readonly mails: JobCounts,
    readonly credits: RunCredits,
  ) {}
}
