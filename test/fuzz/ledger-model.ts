/** Where the ledger's credits of one lot are; every counter moves one credit at a time. */
export interface ModelLot {
  id: string;
  source: string;
  sourceRef: string;
  granted: number;
  free: number;
  held: number;
  expired: number;
  taken: number;
  debt: number;
  priority: number;
  /** Rank of the expiry date; null never expires, a negative rank has passed. */
  expiry: number | null;
}

interface Claim {
  sourceRef: string;
  share: number;
  reversed: boolean;
}

export type HoldState = 'held' | 'captured' | 'released';

/** Shares of a price are counted in hundredths. */
export const wholePrice = 100;

/** What the ledger promises for one wallet, written as plainly as possible: slow, in memory, and not in SQL. */
export class LedgerModel {
  readonly lots: ModelLot[] = [];
  private readonly holds = new Map<string, { lot: ModelLot; state: HoldState }>();
  private readonly claims = new Map<string, Claim>();
  private readonly adjustments = new Set<string>();

  get held(): number {
    return total(this.lots, 'held');
  }

  get debt(): number {
    return total(this.lots, 'debt');
  }

  get posted(): number {
    return total(this.lots, 'free') + this.held - this.debt;
  }

  grant(lot: Pick<ModelLot, 'id' | 'source' | 'sourceRef' | 'granted' | 'priority' | 'expiry'>): boolean {
    if (this.lots.some((other) => other.source === lot.source && other.sourceRef === lot.sourceRef))
      return false;
    this.lots.push({ ...lot, free: lot.granted, held: 0, expired: 0, taken: 0, debt: 0 });
    if (lot.source === 'purchase') this.applyClaims(lot.sourceRef);
    return true;
  }

  hold(emails: string[], cap: number | null): string[] {
    const asked = [...new Set(emails)];
    let charged = asked.filter((email) => this.isCharged(email)).length;
    for (const email of asked) {
      const affordable = this.posted - this.held > 0 && (cap === null || charged < cap);
      const lot = this.burnOrder().find((one) => one.free > 0 && !isPast(one));
      if (this.isCharged(email) || !affordable || !lot) continue;
      lot.free -= 1;
      lot.held += 1;
      charged += 1;
      this.holds.set(email, { lot, state: 'held' });
    }
    return asked.filter((email) => this.holds.get(email)?.state === 'held');
  }

  resolve(emails: string[], state: 'captured' | 'released'): Map<string, string> {
    const outcomes = new Map<string, string>();
    for (const email of new Set(emails)) {
      const hold = this.holds.get(email);
      if (hold?.state !== 'held') {
        outcomes.set(email, !hold ? 'none' : hold.state === state ? 'already' : 'conflict');
        continue;
      }
      hold.state = state;
      hold.lot.held -= 1;
      if (state === 'released') this.giveBack(hold.lot);
      outcomes.set(email, state);
    }
    if ([...outcomes.values()].includes('released')) this.expire();
    return outcomes;
  }

  /** Expires what is due, except what a debt needs. */
  expire(): void {
    const due = this.burnOrder().filter((lot) => isPast(lot));
    let spare = total(due, 'free') - this.debt;
    for (const lot of due)
      for (; lot.free > 0 && spare > 0; spare -= 1) {
        lot.free -= 1;
        lot.expired += 1;
      }
  }

  claim(sourceRef: string, ref: string, share: number): number {
    const known = this.claims.get(ref);
    if (known && (known.reversed || known.share === share || known.sourceRef !== sourceRef)) return 0;
    this.claims.set(ref, { sourceRef, share, reversed: false });
    return this.applyClaims(sourceRef);
  }

  reverse(sourceRef: string, ref: string): number {
    const known = this.claims.get(ref);
    if (known && (known.reversed || known.sourceRef !== sourceRef)) return 0;
    this.claims.set(ref, { sourceRef, share: known?.share ?? 0, reversed: true });
    return this.applyClaims(sourceRef);
  }

  adjust(id: string, key: string, credits: number): string {
    if (this.adjustments.has(key)) return 'already';
    if (credits < 0) {
      this.expire();
      if (this.posted - this.held < -credits) return 'insufficient';
      for (let left = -credits; left > 0; left -= 1)
        this.burnOrder().find((lot) => lot.free > 0 && !isPast(lot))!.free -= 1;
    } else {
      this.lots.push({
        ...{
          id,
          source: 'adjustment',
          sourceRef: key,
          granted: credits,
          free: credits,
          priority: 10,
          expiry: null,
        },
        ...{ held: 0, expired: 0, taken: 0, debt: 0 },
      });
    }
    this.adjustments.add(key);
    return 'applied';
  }

  private isCharged(email: string): boolean {
    return ['held', 'captured'].includes(this.holds.get(email)?.state ?? '');
  }

  /** A credit that comes back pays what its own lot owes first. */
  private giveBack(lot: ModelLot): void {
    if (lot.debt > 0) {
      lot.debt -= 1;
      lot.taken += 1;
    } else lot.free += 1;
  }

  private applyClaims(sourceRef: string): number {
    const lot = this.lots.find((one) => one.source === 'purchase' && one.sourceRef === sourceRef);
    if (!lot) return 0;
    const before = this.posted;
    const living = [...this.claims.values()].filter(
      (claim) => claim.sourceRef === sourceRef && !claim.reversed,
    );
    const share = Math.min(
      wholePrice,
      living.reduce((sum, claim) => sum + claim.share, 0),
    );
    const target = Math.floor((lot.granted * share) / wholePrice);
    while (lot.expired + lot.taken + lot.debt < target) {
      if (lot.free > 0) {
        lot.free -= 1;
        lot.taken += 1;
      } else lot.debt += 1;
    }
    while (lot.debt > 0 && lot.expired + lot.taken + lot.debt > target) lot.debt -= 1;
    while (lot.taken > 0 && lot.expired + lot.taken > target) {
      lot.taken -= 1;
      lot.free += 1;
    }
    const change = this.posted - before;
    this.expire();
    return change;
  }

  private burnOrder(): ModelLot[] {
    const rank = (lot: ModelLot): number => lot.expiry ?? Number.POSITIVE_INFINITY;
    return this.lots
      .map((lot, age) => ({ lot, age }))
      .sort((a, b) => a.lot.priority - b.lot.priority || compare(rank(a.lot), rank(b.lot)) || a.age - b.age)
      .map(({ lot }) => lot);
  }
}

function isPast(lot: ModelLot): boolean {
  return lot.expiry !== null && lot.expiry < 0;
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function total(lots: ModelLot[], counter: 'free' | 'held' | 'expired' | 'taken' | 'debt'): number {
  return lots.reduce((sum, lot) => sum + lot[counter], 0);
}
