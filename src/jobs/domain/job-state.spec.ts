import { hasEnded, type JobState, jobStates, mayMove, mayRetry } from './job-state';

describe('the states of a job', () => {
  const reachable = (from: JobState, seen = new Set<JobState>([from])): Set<JobState> => {
    for (const to of jobStates)
      if (mayMove(from, to) && !seen.has(to)) {
        seen.add(to);
        reachable(to, seen);
      }
    return seen;
  };

  it('are all reachable from the first', () => {
    expect([...reachable('awaiting_credits')].sort()).toEqual([...jobStates].sort());
  });

  it('end in done, skipped, failed or cancelled, and nowhere else', () => {
    expect(jobStates.filter(hasEnded)).toEqual(['done', 'skipped', 'failed', 'cancelled']);
  });

  it('lead from every state to an end', () => {
    for (const state of jobStates) expect([...reachable(state)].some(hasEnded)).toBe(true);
  });

  it('let only what failed or was cancelled be asked for again', () => {
    expect(jobStates.filter(mayRetry)).toEqual(['failed', 'cancelled']);
  });

  it.each<[JobState, JobState]>([
    ['awaiting_credits', 'running'],
    ['queued', 'done'],
    ['done', 'queued'],
    ['failed', 'running'],
  ])('do not lead from %s to %s', (from, to) => {
    expect(mayMove(from, to)).toBe(false);
  });
});
