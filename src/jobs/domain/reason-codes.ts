/**
 * Why a job or a run is where it is, where jobs itself decided it; everything else carries the code of the error that
 * ended it (`email.refused`, `gmail.message-gone`, …).
 */
export const reasons = {
  /** The user stopped it. */
  cancelledByUser: 'jobs.cancelled-by-user',
  /** An administrator stopped it. */
  cancelledByAdmin: 'jobs.cancelled-by-admin',
  /** The account is gone. */
  accountDeleted: 'jobs.account-deleted',
  /** The account is suspended. */
  accountSuspended: 'jobs.account-suspended',
  /** The run's cap of credits was reached before this mail. */
  overRunCap: 'jobs.over-run-cap',
  /** Its workers died over it as often as is allowed; only an administrator lets it run again. */
  quarantined: 'jobs.quarantined',
  /** Something nobody foresaw; the log has it. */
  unexpected: 'jobs.unexpected-error',
} as const;
