import { createHash } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Message, MessageBatchResult } from '@anthropic-ai/sdk/resources/messages';
import type { ErrorResponse } from '@anthropic-ai/sdk/resources/shared';
import { ApiError, invalidRequest, newId, notFound } from '../errors';
import { Batch, type BatchItem, type Outcome } from './batch';

/** How the batches to come will go; a batch without `endsAfterMs` waits for the control endpoint to end it. */
export interface BatchPlan {
  endsAfterMs: number | null;
  /** What becomes of the chosen items; the others succeed unless their own request is at fault. */
  outcome: Outcome;
  /** Part of the items that `outcome` befalls, 0 to 1, chosen by a hash of their `custom_id`. */
  share: number;
}

const itemsPerBreath = 20;
const cancelTakesMs = 20;
const maxItems = 100_000;

/** Takes batches in, works through them when their time has come, and keeps them until they are deleted. */
export class BatchDesk {
  plan: BatchPlan = { endsAfterMs: 500, outcome: 'succeeded', share: 1 };
  private readonly batches = new Map<string, Batch>();
  private readonly timers = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly now: () => number,
    private readonly answer: (body: unknown) => Promise<Message>,
  ) {}

  reset(endsAfterMs: number): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    this.batches.clear();
    this.plan = { endsAfterMs, outcome: 'succeeded', share: 1 };
  }

  create(requests: unknown): Batch {
    const batch = new Batch(checkItems(requests), this.now());
    const { endsAfterMs, ...plan } = this.plan;
    this.batches.set(batch.id, batch);
    if (endsAfterMs !== null) this.later(batch, endsAfterMs, () => this.finish(batch, plan));
    return batch;
  }

  /** Throws the vendor's 404. */
  get(id: string): Batch {
    const batch = this.batches.get(id);
    if (!batch) throw notFound(`No batch with id ${id}`);
    return batch;
  }

  /** Newest first. */
  list(): Batch[] {
    return [...this.batches.values()].reverse();
  }

  cancel(id: string): Batch {
    const batch = this.get(id);
    if (batch.ended) throw invalidRequest(`Batch ${id} cannot be canceled because it has already ended`);
    batch.cancel(this.now());
    this.later(batch, cancelTakesMs, () => this.finish(batch, { outcome: 'canceled', share: 1 }));
    return batch;
  }

  delete(id: string): void {
    if (!this.get(id).ended) throw invalidRequest(`Batch ${id} is still processing; cancel it first`);
    this.batches.delete(id);
  }

  /** Ends a batch at once, for tests that do not wait. Does nothing to one that has ended. */
  async finish(batch: Batch, plan: Omit<BatchPlan, 'endsAfterMs'>): Promise<void> {
    clearTimeout(this.timers.get(batch.id));
    for (const [index, item] of batch.items.entries()) {
      if (batch.ended) return;
      const befallen = plan.outcome !== 'succeeded' && fraction(item.custom_id) < plan.share;
      batch.settle(item.custom_id, befallen ? failed(plan.outcome) : await this.run(item));
      if (index % itemsPerBreath === 0) await breathe();
    }
    batch.end(this.now());
  }

  snapshot(): object[] {
    return this.list().map((batch) => ({ id: batch.id, ended: batch.ended, ...batch.counts() }));
  }

  private later(batch: Batch, ms: number, work: () => Promise<void>): void {
    clearTimeout(this.timers.get(batch.id));
    this.timers.set(batch.id, setTimeout(() => void work(), ms).unref());
  }

  private async run(item: BatchItem): Promise<MessageBatchResult> {
    try {
      return { type: 'succeeded', message: await this.answer(item.params) };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { type: 'errored', error: error.body(newId('req')) as ErrorResponse };
    }
  }
}

/** Where a name falls between 0 and 1, the same each time. */
const fraction = (name: string): number =>
  createHash('sha256').update(name).digest().readUInt32BE() / 2 ** 32;

function failed(outcome: Outcome): MessageBatchResult {
  if (outcome === 'canceled' || outcome === 'expired') return { type: outcome };
  const error = new ApiError(500, 'api_error', 'Internal server error').body(newId('req'));
  return { type: 'errored', error: error as ErrorResponse };
}

function checkItems(requests: unknown): BatchItem[] {
  if (!Array.isArray(requests) || requests.length === 0) {
    throw invalidRequest('requests: at least one request is required');
  }
  if (requests.length > maxItems) throw invalidRequest(`requests: at most ${maxItems} are allowed`);
  const items = requests as Partial<BatchItem>[];
  const seen = new Set<string>();
  return items.map(({ custom_id: id, params }, index) => {
    if (typeof id !== 'string' || !/^[a-zA-Z0-9_-]{1,64}$/.test(id)) {
      throw invalidRequest(`requests.${index}.custom_id: does not match ^[a-zA-Z0-9_-]{1,64}$`);
    }
    if (seen.has(id)) throw invalidRequest(`requests.${index}.custom_id: duplicate '${id}'`);
    seen.add(id);
    return { custom_id: id, params };
  });
}
