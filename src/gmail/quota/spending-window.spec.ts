import { SpendingWindow } from './spending-window';

const minute = 60_000;

describe('a window of quota units', () => {
  it('gives a new mailbox its whole minute at once', () => {
    const window = new SpendingWindow();
    for (let taken = 0; taken < 6_000; taken += 1_000) {
      expect(window.waitFor(1_000, 6_000, 0)).toBe(0);
      window.spend(1_000, 0);
    }
    expect(window.waitFor(1, 6_000, 0)).toBeGreaterThan(minute);
  });

  // Mutant caught: a bucket of 6,000 that refills by 100 a second lets 12,000 through in its first minute.
  it('never lets more than the limit through in any 60 seconds, and uses over 90 % of it', () => {
    const window = new SpendingWindow();
    const taken: { at: number; units: number }[] = [];
    for (let now = 0; now < 10 * minute;) {
      const units = taken.length % 51 === 50 ? 5 : 20;
      const wait = window.waitFor(units, 6_000, now);
      if (wait > 0) {
        now += wait;
        continue;
      }
      window.spend(units, now);
      taken.push({ at: now, units });
      now += 1;
    }
    for (const { at } of taken) {
      const sum = taken
        .filter((one) => one.at >= at && one.at < at + minute)
        .reduce((total, one) => total + one.units, 0);
      expect(sum).toBeLessThanOrEqual(6_000);
    }
    const total = taken.reduce((sum, one) => sum + one.units, 0);
    expect(total).toBeGreaterThan(0.9 * 10 * 6_000);
  });

  it('lets a call that costs more than the limit through alone, rather than never', () => {
    const window = new SpendingWindow();
    expect(window.waitFor(500, 100, 0)).toBe(0);
    window.spend(500, 0);
    expect(window.waitFor(500, 100, minute / 2)).toBeGreaterThan(0);
    expect(window.waitFor(500, 100, 2 * minute)).toBe(0);
    expect(window.isIdle(2 * minute)).toBe(true);
  });
});
