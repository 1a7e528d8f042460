/** How the product is, beyond "ready". */
export class SystemHealthDto {
  /** Events that wait for the relay. */
  outboxWaiting!: number;
  /** Milliseconds the oldest of them waits. */
  outboxLagMs!: number;
  /** Events that were given up and wait for a decision. */
  deadLetters!: number;
  /** Broken invariants at the last check; null before the first. */
  ledgerViolations!: number | null;
  ledgerCheckedAt!: string | null;
  /** Migrations that this build brings and the database lacks. */
  pendingMigrations!: string[];
  /** Settings whose stored value is not sound, so that their default applies. */
  unsoundSettings!: string[];
  /** Stripe events that were not acted upon yet; at most 100 are counted. */
  openStripeEvents!: number;
}
