const windowMs = 60_000;

/** Units spent in the last 60 seconds. The sliding window is the strictest reading of "per minute". */
export class SpendingWindow {
  spent = 0;
  peak = 0;
  total = 0;
  private readonly entries: { at: number; units: number }[] = [];
  private oldest = 0;

  fits(units: number, limit: number | undefined, now: number): boolean {
    this.forget(now);
    return limit === undefined || this.spent + units <= limit;
  }

  spend(units: number, now: number): void {
    this.entries.push({ at: now, units });
    this.spent += units;
    this.total += units;
    this.peak = Math.max(this.peak, this.spent);
  }

  private forget(now: number): void {
    for (let entry = this.entries[this.oldest]; entry; entry = this.entries[this.oldest]) {
      if (entry.at > now - windowMs) break;
      this.spent -= entry.units;
      this.oldest += 1;
    }
    if (this.oldest > 1_000) {
      this.entries.splice(0, this.oldest);
      this.oldest = 0;
    }
  }
}
