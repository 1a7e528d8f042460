/** Gmail's quota units, shared by everything that calls Gmail for one mailbox. */
export abstract class QuotaBudget {
  /** Resolves once the units may be spent; they count as spent from then on. First come, first served per mailbox. */
  abstract take(mailbox: string, units: number): Promise<void>;

  /** Counts units that are spent anyway, such as by a retry. */
  abstract charge(mailbox: string, units: number): Promise<void>;
}
