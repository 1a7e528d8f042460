/** One thing that was done, as a person reads it in a trail. */
export interface AuditEntry {
  /** `module.past-tense`, such as `billing.credits-granted`. */
  readonly action: string;
  /** What it was done to: `user`, `payment`, … and its id. */
  readonly targetType?: string;
  readonly targetId?: string;
  /** What changed, as plain values; secrets and mail in it are left out when it is written. */
  readonly changes?: Readonly<Record<string, unknown>>;
  /** Whose trail it belongs to; by default the caller's own. */
  readonly userId?: string;
}

/** Who did it: a user or administrator at the API, a machine with its own proof, or the system by itself. */
export type ActorKind = 'user' | 'admin' | 'service' | 'system';
