/** Something an upstream asked to be left alone with. */
export class ClosedLaneDto {
  /** `model`, `mailbox:<connection>` or `user:<user>`. */
  lane!: string;
  closedUntil!: string;
  reasonCode!: string;
}

export class QueueHealthDto {
  /** Whether new work is started. */
  enabled!: boolean;
  /** Mails handed to the queue and not yet started. */
  waiting!: number;
  running!: number;
  /** Mails that are paid for and wait for their turn. */
  ready!: number;
  /** Milliseconds the longest waiting of them waits; null when none does. */
  oldestReadyMs!: number | null;
  /** Mails that killed their workers and wait for a decision. */
  quarantined!: number;
  closedLanes!: ClosedLaneDto[];
}

export class OpenBatchesDto {
  open!: number;
  mails!: number;
  oldestSeconds!: number;
}

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
  /** How the work on mails stands, over all processes. */
  queue!: QueueHealthDto;
  /** Batches at the model's vendor that are not settled, and the age of the oldest in seconds. */
  batches!: OpenBatchesDto;
  /** The circuit breakers of the process that answers: closed, half-open or open. */
  breakers!: Record<string, string>;
}
