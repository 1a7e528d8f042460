/** Where one mail stands on its way to a summary. */
export const jobStates = [
  'awaiting_credits',
  'queued',
  'running',
  'done',
  'skipped',
  'failed',
  'cancelled',
] as const;
export type JobState = (typeof jobStates)[number];

/**
 * The only moves there are; a trigger on `processing_jobs` refuses every other one. A mail that failed or was cancelled may
 * be tried once more, and pays like a new one.
 */
export const jobMoves: Readonly<Record<JobState, readonly JobState[]>> = {
  awaiting_credits: ['queued', 'cancelled'],
  queued: ['running', 'awaiting_credits', 'cancelled'],
  running: ['done', 'skipped', 'failed', 'queued', 'cancelled'],
  done: [],
  skipped: [],
  failed: ['awaiting_credits'],
  cancelled: ['awaiting_credits'],
};

export const runStates = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export type RunState = (typeof runStates)[number];

/** The same for the walk of a run, held by a trigger on `background_jobs`. */
export const runMoves: Readonly<Record<RunState, readonly RunState[]>> = {
  queued: ['running', 'cancelled'],
  running: ['done', 'failed', 'queued', 'cancelled'],
  done: [],
  failed: [],
  cancelled: [],
};

/** Whether a job in `from` may go to `to`. */
export function mayMove(from: JobState, to: JobState): boolean {
  return jobMoves[from].includes(to);
}

/** Whether no worker has anything to do for a job any more, unless somebody asks for it again. */
export function hasEnded(state: JobState): boolean {
  return !['awaiting_credits', 'queued', 'running'].includes(state);
}

/** Whether somebody may ask for a job again: it ended without a summary, and not because there is nothing to summarise. */
export function mayRetry(state: JobState): boolean {
  return mayMove(state, 'awaiting_credits') && hasEnded(state);
}
