import { type JobState, jobStates } from './job-state';

/** Seconds back from now over which the rate of a run is taken. */
export const rateWindowSeconds = 60;

/** Mails of one run in one state: all of them, those a credit was ever set aside for, those that ended within the window. */
export interface StateTally {
  state: JobState;
  mails: number;
  held: number;
  recent: number;
}

/** A mail costs one credit; what is held is neither captured nor given back yet. */
export interface RunTally {
  mails: Record<JobState, number>;
  credits: { held: number; captured: number; released: number };
  /** Mails that ended within the window. */
  recent: number;
}

/** Adds a run's states up. */
export function tally(states: readonly StateTally[]): RunTally {
  const mails = Object.fromEntries(jobStates.map((state) => [state, 0])) as Record<JobState, number>;
  const credits = { held: 0, captured: 0, released: 0 };
  let recent = 0;
  for (const row of states) {
    mails[row.state] += row.mails;
    recent += row.recent;
    if (row.state === 'queued' || row.state === 'running') credits.held += row.mails;
    else if (row.state === 'done') credits.captured += row.mails;
    else if (row.state !== 'awaiting_credits') credits.released += row.held;
  }
  return { mails, credits, recent };
}

/**
 * How fast a run goes and when it will be over.
 * @param ageSeconds since the run was asked for: a young one is not measured against a window it has not lived through.
 * @returns mails per second, and the seconds that are left; these are null while the walk may find more, and while nothing moves.
 */
export function paceOf(
  { mails, recent }: RunTally,
  ageSeconds: number,
  walking: boolean,
): { ratePerSecond: number; etaSeconds: number | null } {
  const ratePerSecond = recent / Math.min(rateWindowSeconds, Math.max(1, ageSeconds));
  const left = mails.queued + mails.running;
  const known = !walking && (left === 0 || ratePerSecond > 0);
  const etaSeconds = left === 0 ? 0 : Math.ceil(left / ratePerSecond);
  return { ratePerSecond: Math.round(ratePerSecond * 1_000) / 1_000, etaSeconds: known ? etaSeconds : null };
}
