/** A receiver may put us off for this long at most, in seconds: a day. */
const longestRetryAfter = 86_400;
/** A wait may become longer or shorter by this share. */
const jitter = 0.1;

/**
 * Milliseconds until the next attempt; undefined when there is none left.
 * @param tries attempts of this round so far, 1 after the first one.
 * @param schedule seconds between two attempts, so that there is one attempt more than it is long.
 * @param retryAfter seconds that the receiver asked for: it makes a wait longer, never shorter.
 * @param random between 0 and 1: receivers that came back together are not called together.
 */
export function retryDelayMs(
  tries: number,
  schedule: readonly number[],
  retryAfter: number | undefined,
  random: number,
): number | undefined {
  const planned = schedule[tries - 1];
  if (planned === undefined) return undefined;
  const jittered = planned * (1 - jitter + 2 * jitter * random);
  return Math.round(1_000 * Math.max(jittered, Math.min(retryAfter ?? 0, longestRetryAfter)));
}

/** Seconds that a `Retry-After` asks for, given as such or as a date; undefined for anything else. */
export function retryAfterSeconds(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header)) return Number(header);
  const at = /^[A-Z][a-z]{2}, /.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - now.getTime()) / 1_000));
}
