/** Trouble that lasts this long makes a connection unhealthy, ms: a little less than the 15 minutes that are promised. */
export const stallAfterMs = 12 * 60_000;
/** The hourly poll and that: a mailbox that was not read to its end for longer is unhealthy, ms. */
export const unreadTooLongMs = 60 * 60_000 + stallAfterMs;
