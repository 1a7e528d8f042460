import { DomainError } from '../../kernel/errors/domain-error';
import { reasons } from './reason-codes';

/** Times a job may start and not reach an end (its worker died, or a fault of ours) before it is given up. */
export const maxAttempts = 5;
/** Times an upstream may put a job off. With the longest pause of 10 minutes that is most of a working day. */
export const maxDeferrals = 50;

const firstPauseMs = 2_000;
const longestPauseMs = 600_000;

/** What becomes of a job whose work threw. `counts` says whether it was an attempt or only the upstream's delay. */
export type Verdict =
  | { then: 'retry'; afterMs: number; counts: 'attempt' | 'deferral'; reasonCode: string }
  | { then: 'skip' | 'fail'; reasonCode: string };

/**
 * Decides from the error and from how often the job was tried: an upstream's trouble puts it off, a vanished mail skips
 * it, a final error fails it, and anything unforeseen counts as an attempt.
 */
export function judge(
  error: unknown,
  attempts: number,
  deferrals: number,
  random: () => number = Math.random,
): Verdict {
  const known = error instanceof DomainError ? error : undefined;
  const reasonCode = known?.code ?? reasons.unexpected;
  if (known?.kind === 'gone') return { then: 'skip', reasonCode };
  if (known?.retryable) {
    if (deferrals >= maxDeferrals) return { then: 'fail', reasonCode };
    const afterMs = Math.max(known.retryAfterMs ?? 0, pauseMs(deferrals, random));
    return { then: 'retry', afterMs, counts: 'deferral', reasonCode };
  }
  if (known && known.kind !== 'internal') return { then: 'fail', reasonCode };
  if (attempts >= maxAttempts) return { then: 'fail', reasonCode };
  return { then: 'retry', afterMs: pauseMs(attempts, random), counts: 'attempt', reasonCode };
}

/** Exponential with equal jitter, in milliseconds. */
function pauseMs(tries: number, random: () => number): number {
  const ceiling = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(tries, 20));
  return Math.round(ceiling / 2 + (random() * ceiling) / 2);
}
