/** What every pool of this process keeps to. */
export const poolTerms = {
  keepAlive: true,
  /** Milliseconds after which a silent connection is given up: its far end may be gone without a word. Longer than BullMQ lets a command block. */
  query_timeout: 30_000,
  /**
   * Milliseconds that a connection outlives its last statement. A new one plans everything anew: given up after ten seconds, as `pg` does
   * by itself, connections took a burst of 150 mails from 4.9 to 6.2 ms of Postgres's CPU a mail.
   */
  idleTimeoutMillis: 5 * 60_000,
} as const;
