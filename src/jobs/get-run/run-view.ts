import type { BackgroundJob } from '../../kernel/database/generated/client';
import type { JobState } from '../domain/job-state';
import { paceOf, type RunTally } from '../domain/run-progress';
import type { RunDto } from './get-run.dto';

/** A run as its owner is shown it. */
export function runView(run: BackgroundJob, tally: RunTally, now = Date.now()): RunDto {
  const { mails, credits } = tally;
  const discovered = (run.result as { discovered?: number } | null)?.discovered ?? null;
  const ageSeconds = (now - run.createdAt.getTime()) / 1_000;
  return {
    id: run.id,
    connectionId: run.connectionId,
    trigger: run.trigger as RunDto['trigger'],
    state: run.state as RunDto['state'],
    reasonCode: run.reasonCode,
    discovered,
    mails,
    credits,
    ...paceOf(tally, ageSeconds, run.finishedAt === null),
    settled: run.finishedAt !== null && isSettled(mails, discovered ?? 0),
    createdAt: run.createdAt,
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
  };
}

/** Between discovery and queueing a mail is in no state yet, so those that were found must all have arrived. */
function isSettled(mails: Record<JobState, number>, discovered: number): boolean {
  const known = Object.values(mails).reduce((sum, count) => sum + count, 0);
  return known >= discovered && mails.queued === 0 && mails.running === 0;
}
