import type { DomainError } from '../../kernel/errors/domain-error';

/** What an upstream can ask to be left alone with: the model for everybody, one mailbox, or one user's budget. */
export type Lane = 'model' | `mailbox:${string}` | `user:${string}`;

/** A lane that is closed for so many milliseconds, and why. */
export interface Pause {
  lane: Lane;
  forMs: number;
  reasonCode: string;
}

/** Milliseconds a lane rests when the upstream says "slow down" without saying how long. */
const defaultPauseMs = 5_000;
/** Milliseconds after which a few mails try a closed lane however long it asked for: a budget may have been raised meanwhile. */
const longestPauseMs = 900_000;

/** Errors that say something of the upstream and not of the mail: every other mail of the lane would meet the same. */
const closes: Readonly<Record<string, (job: Whose) => Lane>> = {
  'email.rate-limited': () => 'model',
  'email.overloaded': () => 'model',
  'email.spend-limit': () => 'model',
  'email.daily-spend-cap': () => 'model',
  'email.model-refused-key': () => 'model',
  'anthropic.circuit-open': () => 'model',
  'email.user-spend-cap': ({ userId }) => `user:${userId}`,
  'gmail.rate-limited': ({ connectionId }) => `mailbox:${connectionId}`,
};

interface Whose {
  userId: string;
  connectionId: string;
}

/** The lane that this error closes, if it does: until then its other mails wait where they are, without an attempt spent. */
export function pauseOf(error: DomainError, job: Whose): Pause | undefined {
  const lane = closes[error.code]?.(job);
  if (lane === undefined || !error.retryable) return undefined;
  const forMs = Math.min(longestPauseMs, Math.max(1_000, error.retryAfterMs ?? defaultPauseMs));
  return { lane, forMs, reasonCode: error.code };
}
