import { costMicros, type Lane, type TokenUsage } from './price-table';

const counted = ['input', 'output', 'cacheRead', 'cacheWrite', 'cacheWriteHour'] as const;

/** What the answers for one mail took so far. Filled as they arrive, so that it is known also when none was usable. */
export class Spending {
  readonly usage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, cacheWriteHour: 0 };
  /** Micro-dollars; each answer is rounded up by itself, as its price may depend on its own length. */
  costMicros = 0;
  answers = 0;

  /** @param model as it was asked for. */
  add(model: string, usage: TokenUsage, lane: Lane = 'now'): void {
    for (const key of counted) this.usage[key] += usage[key] ?? 0;
    this.costMicros += costMicros(model, usage, lane);
    this.answers += 1;
  }

  /** This with another one added to it. */
  and(other: Spending | undefined): this {
    if (!other) return this;
    for (const key of counted) this.usage[key] += other.usage[key];
    this.costMicros += other.costMicros;
    this.answers += other.answers;
    return this;
  }
}
