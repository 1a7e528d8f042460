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

/** The only moves there are. Terminal states have none. */
const moves: Record<JobState, readonly JobState[]> = {
  awaiting_credits: ['queued', 'cancelled'],
  queued: ['running', 'awaiting_credits', 'cancelled'],
  running: ['done', 'skipped', 'failed', 'queued', 'cancelled'],
  done: [],
  skipped: [],
  failed: [],
  cancelled: [],
};

/** Whether a job in `from` may go to `to`. */
export function mayMove(from: JobState, to: JobState): boolean {
  return moves[from].includes(to);
}

/** Whether nothing can happen to a job any more. */
export function isTerminal(state: JobState): boolean {
  return moves[state].length === 0;
}
