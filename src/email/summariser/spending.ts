import { costMicros, type TokenUsage } from './price-table';

/** What the answers for one mail took so far. Filled as they arrive, so that it is known also when none was usable. */
export class Spending {
  readonly usage: TokenUsage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };
  /** Micro-dollars; each answer is rounded up by itself, as its price may depend on its own length. */
  costMicros = 0;
  answers = 0;

  /** @param model as it was asked for. */
  add(model: string, usage: TokenUsage): void {
    for (const key of ['input', 'output', 'cacheRead', 'cacheWrite'] as const) this.usage[key] += usage[key];
    this.costMicros += costMicros(model, usage);
    this.answers += 1;
  }
}
