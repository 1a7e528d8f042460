/** Milliseconds over which Google counts, and by how much longer we do: calls may arrive later than they were counted. */
const windowMs = 60_000;
const lateMs = 1_000;
export const slotMs = 250;
export const slots = Math.ceil((windowMs + lateMs) / slotMs) + 1;

/**
 * A bucket of tokens that come back a minute after they were taken, so that no 60 seconds hold more than its size. A
 * bucket that fills steadily would have to be kept nearly empty to promise the same.
 */
export class SpendingWindow {
  private readonly spent = new Map<number, number>();

  /** Milliseconds until `units` fit below `limit`; 0 when they do now. */
  waitFor(units: number, limit: number, now: number): number {
    this.forget(now);
    let used = this.used();
    if (used + units <= limit || used === 0) return 0;
    for (const [slot, amount] of this.spent) {
      used -= amount;
      if (used + units <= limit || used === 0) return (slot + slots) * slotMs - now;
    }
    return windowMs;
  }

  spend(units: number, now: number): void {
    const slot = Math.floor(now / slotMs);
    this.spent.set(slot, (this.spent.get(slot) ?? 0) + units);
  }

  /** Whether nothing was spent within the window. */
  isIdle(now: number): boolean {
    this.forget(now);
    return this.spent.size === 0;
  }

  private used(): number {
    return [...this.spent.values()].reduce((sum, amount) => sum + amount, 0);
  }

  private forget(now: number): void {
    const oldest = Math.floor(now / slotMs) - slots;
    for (const slot of this.spent.keys()) {
      if (slot > oldest) return;
      this.spent.delete(slot);
    }
  }
}
