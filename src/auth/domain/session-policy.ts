const minute = 60_000;
const day = 24 * 60 * minute;

/** How long a session lasts, in milliseconds. */
export const sessionPolicy = {
  /** From sign-in, however busy it is. */
  absoluteMs: 90 * day,
  /** From the last refresh. */
  idleMs: 30 * day,
  /** A retired refresh token still finds its successor this long: parallel calls, an answer lost on the way. */
  graceMs: 20_000,
  /** How old the last proof of identity may be for a dangerous act. */
  recentProofMs: 10 * minute,
} as const;

/** When a session that begins now ends at the latest. */
export function sessionEnd(now = new Date()): Date {
  return new Date(now.getTime() + sessionPolicy.absoluteMs);
}

/** Whether a session lay unused for too long; asked at a refresh only, an access token lives too shortly for it. */
export function isIdle(lastUsedAt: Date, now = new Date()): boolean {
  return lastUsedAt < idleSince(now);
}

/** Whether a proof of identity is fresh enough for a dangerous act. */
export function isRecentProof(provedAt: Date, now = new Date()): boolean {
  return now.getTime() - provedAt.getTime() <= sessionPolicy.recentProofMs;
}

/** Since when a session must have been used to be usable still. */
export function idleSince(now = new Date()): Date {
  return new Date(now.getTime() - sessionPolicy.idleMs);
}

/** Whether a token retired so recently that its second use is a race and no theft. */
export function isWithinGrace(retiredAt: Date, now = new Date()): boolean {
  return now.getTime() - retiredAt.getTime() <= sessionPolicy.graceMs;
}
