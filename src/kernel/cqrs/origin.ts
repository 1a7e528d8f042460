/** What the row of some work, or of an event, says of where it comes from. */
export interface Origin {
  /** The trace of whatever asked for it. */
  readonly traceparent: string | null;
  /** The call that asked for it; null where nobody did. */
  readonly requestId: string | null;
}
