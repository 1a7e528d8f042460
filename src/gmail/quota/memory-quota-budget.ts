import { type BudgetClock, QuotaBudget, type QuotaLimits } from './quota-budget';
import { SpendingWindow } from './spending-window';

const sweepAt = 1_000;

/** The budget of a process that has it to itself. */
export class MemoryQuotaBudget extends QuotaBudget {
  private readonly project = new SpendingWindow();
  private readonly users = new Map<string, SpendingWindow>();

  constructor(
    private readonly limits: QuotaLimits,
    clock?: BudgetClock,
  ) {
    super(clock);
  }

  charge(mailbox: string, units: number): Promise<void> {
    this.spend(mailbox, units, this.clock.now());
    return Promise.resolve();
  }

  protected tryTake(mailbox: string, units: number): Promise<number> {
    const now = this.clock.now();
    const { perUser, perProject } = this.limits;
    const wait = Math.max(
      this.windowOf(mailbox).waitFor(units, perUser, now),
      this.project.waitFor(units, perProject, now),
    );
    if (wait === 0) this.spend(mailbox, units, now);
    return Promise.resolve(wait);
  }

  private spend(mailbox: string, units: number, now: number): void {
    this.windowOf(mailbox).spend(units, now);
    this.project.spend(units, now);
  }

  private windowOf(mailbox: string): SpendingWindow {
    const known = this.users.get(mailbox);
    if (known) return known;
    if (this.users.size >= sweepAt) this.sweep();
    const window = new SpendingWindow();
    this.users.set(mailbox, window);
    return window;
  }

  private sweep(): void {
    for (const [mailbox, window] of this.users)
      if (window.isIdle(this.clock.now())) this.users.delete(mailbox);
  }
}
