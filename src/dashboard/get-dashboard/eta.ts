import type { OpenRun } from '../dashboard.repository';

/**
 * Seconds until a run has done what is left, at the pace it has had so far; null while it has finished nothing, and so has
 * shown no pace.
 */
export function etaSeconds({ startedAt, finished, left }: OpenRun, now: number): number | null {
  if (left === 0) return 0;
  if (startedAt === null || finished === 0) return null;
  const elapsedMs = Math.max(0, now - Date.parse(startedAt));
  return Math.ceil((elapsedMs * left) / finished / 1_000);
}
