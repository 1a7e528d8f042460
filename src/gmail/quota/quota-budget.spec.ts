import { MemoryQuotaBudget } from './memory-quota-budget';

/** A clock that jumps: waiting takes no time. */
function jumpingClock() {
  let now = 1_000_000;
  return {
    now: () => now,
    wait: (ms: number) => {
      now += ms;
      return Promise.resolve();
    },
  };
}

describe('the quota of one process', () => {
  it('keeps each mailbox to its own limit and all of them to the project’s', async () => {
    const clock = jumpingClock();
    const budget = new MemoryQuotaBudget({ perUser: 100, perProject: 150 }, clock);
    const begun = clock.now();
    await budget.take('ada', 100);
    await budget.take('bob', 50);
    expect(clock.now()).toBe(begun);
    await budget.take('bob', 50);
    expect(clock.now() - begun).toBeGreaterThan(60_000);
  });

  it('serves a mailbox in the order of asking', async () => {
    const budget = new MemoryQuotaBudget({ perUser: 10, perProject: 1_000 }, jumpingClock());
    const served: number[] = [];
    await Promise.all([1, 2, 3].map((n) => budget.take('ada', 10).then(() => served.push(n))));
    expect(served).toEqual([1, 2, 3]);
  });

  it('waits as long as Google asks, for the mailbox Google asks for', async () => {
    const clock = jumpingClock();
    const budget = new MemoryQuotaBudget({ perUser: 100, perProject: 1_000 }, clock);
    const begun = clock.now();
    budget.pause('ada', 7_000);
    budget.pause('ada', 2_000);
    await budget.take('bob', 1);
    expect(clock.now()).toBe(begun);
    await budget.take('ada', 1);
    expect(clock.now() - begun).toBe(7_000);
  });

  it('counts what is spent without asking, and forgets mailboxes that rest', async () => {
    const clock = jumpingClock();
    const budget = new MemoryQuotaBudget({ perUser: 100, perProject: 1e9 }, clock);
    await budget.charge('ada', 100);
    const begun = clock.now();
    await budget.take('ada', 1);
    expect(clock.now() - begun).toBeGreaterThan(60_000);
    for (let n = 0; n < 2_500; n += 1) {
      await budget.take(`box-${n}`, 1);
      await clock.wait(200);
    }
    expect((budget as unknown as { users: Map<string, unknown> }).users.size).toBeLessThan(1_500);
  });
});
