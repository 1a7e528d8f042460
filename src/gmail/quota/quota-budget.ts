import { setTimeout } from 'node:timers/promises';

/** Units per minute for one mailbox, and for all of them together. */
export interface QuotaLimits {
  perUser: number;
  perProject: number;
}

/** Time as a budget sees it, ms. */
export interface BudgetClock {
  now(): number;
  wait(ms: number): Promise<unknown>;
}

export const systemClock: BudgetClock = { now: () => Date.now(), wait: (ms) => setTimeout(ms) };

/** Gmail's quota units, shared by everything that calls Gmail for one mailbox. */
export abstract class QuotaBudget {
  private readonly queues = new Map<string, Promise<void>>();
  private readonly pausedUntil = new Map<string, number>();

  constructor(protected readonly clock: BudgetClock = systemClock) {}

  /** Resolves once the units may be spent; they count as spent from then on. First come, first served per mailbox. */
  take(mailbox: string, units: number): Promise<void> {
    const before = this.queues.get(mailbox) ?? Promise.resolve();
    const turn = before.catch(() => undefined).then(() => this.takeInTurn(mailbox, units));
    this.queues.set(mailbox, turn);
    const leave = (): void => {
      if (this.queues.get(mailbox) === turn) this.queues.delete(mailbox);
    };
    void turn.then(leave, leave);
    return turn;
  }

  /** Google asked for patience: nothing is taken for this mailbox for so long, ms. */
  pause(mailbox: string, ms: number): void {
    const until = this.clock.now() + ms;
    this.pausedUntil.set(mailbox, Math.max(until, this.pausedUntil.get(mailbox) ?? 0));
  }

  /** Counts units that are spent anyway, such as by a retry. */
  abstract charge(mailbox: string, units: number): Promise<void>;

  /** Takes the units and answers 0, or answers how many milliseconds to wait before asking again. */
  protected abstract tryTake(mailbox: string, units: number): Promise<number>;

  private async takeInTurn(mailbox: string, units: number): Promise<void> {
    for (;;) {
      const pause = (this.pausedUntil.get(mailbox) ?? 0) - this.clock.now();
      if (pause <= 0) this.pausedUntil.delete(mailbox);
      const wait = pause > 0 ? pause : await this.tryTake(mailbox, units);
      if (wait <= 0) return;
      await this.clock.wait(wait);
    }
  }
}
