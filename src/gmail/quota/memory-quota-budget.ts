import { setTimeout as wait } from 'node:timers/promises';
import { QuotaBudget } from './quota-budget';
import { SpendingWindow } from './spending-window';

/** Units per minute for one mailbox and for all of them. */
export interface QuotaLimits {
  perUser: number;
  perProject: number;
}

const idleSweepAt = 1_000;

/** The budget of a single process. */
export class MemoryQuotaBudget extends QuotaBudget {
  private readonly project = new SpendingWindow();
  private readonly users = new Map<string, SpendingWindow>();
  private readonly queues = new Map<string, Promise<void>>();

  constructor(private readonly limits: QuotaLimits) {
    super();
  }

  take(mailbox: string, units: number): Promise<void> {
    const turn = (this.queues.get(mailbox) ?? Promise.resolve()).then(() => this.takeInTurn(mailbox, units));
    this.queues.set(mailbox, turn);
    void turn.finally(() => this.queues.get(mailbox) === turn && this.queues.delete(mailbox));
    return turn;
  }

  charge(mailbox: string, units: number): Promise<void> {
    this.spend(mailbox, units, Date.now());
    return Promise.resolve();
  }

  private async takeInTurn(mailbox: string, units: number): Promise<void> {
    const user = this.windowOf(mailbox);
    for (;;) {
      const now = Date.now();
      const waitMs = Math.max(
        user.waitFor(units, this.limits.perUser, now),
        this.project.waitFor(units, this.limits.perProject, now),
      );
      if (waitMs === 0) {
        this.spend(mailbox, units, now);
        return;
      }
      await wait(waitMs);
    }
  }

  private spend(mailbox: string, units: number, now: number): void {
    this.windowOf(mailbox).spend(units, now);
    this.project.spend(units, now);
  }

  private windowOf(mailbox: string): SpendingWindow {
    const known = this.users.get(mailbox);
    if (known) return known;
    if (this.users.size >= idleSweepAt) this.sweep();
    const window = new SpendingWindow();
    this.users.set(mailbox, window);
    return window;
  }

  private sweep(): void {
    for (const [mailbox, window] of this.users)
      if (window.isIdle(Date.now()) && !this.queues.has(mailbox)) this.users.delete(mailbox);
  }
}
