import type {
  MessageBatch,
  MessageBatchIndividualResponse,
  MessageBatchRequestCounts,
  MessageBatchResult,
} from '@anthropic-ai/sdk/resources/messages';
import { newId } from '../errors';

/** How one item of a batch ends. */
export type Outcome = MessageBatchResult['type'];

/** One request of a batch, unchecked but for its name: what is wrong inside shows up as an errored result. */
export interface BatchItem {
  custom_id: string;
  params: unknown;
}

const dayMs = 24 * 60 * 60_000;

/** One batch: its items, its state and, once it has ended, its results in an order of their own. */
export class Batch {
  readonly id = newId('msgbatch');
  private readonly results = new Map<string, MessageBatchResult>();
  private canceledAt: number | undefined;
  private endedAt: number | undefined;

  constructor(
    readonly items: BatchItem[],
    private readonly createdAt: number,
  ) {}

  get ended(): boolean {
    return this.endedAt !== undefined;
  }

  get canceling(): boolean {
    return this.canceledAt !== undefined;
  }

  cancel(now: number): void {
    this.canceledAt ??= now;
  }

  settle(customId: string, result: MessageBatchResult): void {
    this.results.set(customId, result);
  }

  end(now: number): void {
    this.endedAt ??= now;
  }

  counts(): MessageBatchRequestCounts {
    const counts = { processing: 0, succeeded: 0, errored: 0, canceled: 0, expired: 0 };
    // The vendor keeps every count but `processing` at zero until the whole batch has ended.
    if (!this.ended) return { ...counts, processing: this.items.length };
    for (const result of this.results.values()) counts[result.type] += 1;
    return counts;
  }

  /** The wire object; `baseUrl` is where this emulator was called. */
  toJson(baseUrl: string): MessageBatch {
    const time = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString());
    return {
      id: this.id,
      type: 'message_batch',
      processing_status: this.ended ? 'ended' : this.canceling ? 'canceling' : 'in_progress',
      request_counts: this.counts(),
      created_at: new Date(this.createdAt).toISOString(),
      expires_at: new Date(this.createdAt + dayMs).toISOString(),
      cancel_initiated_at: time(this.canceledAt),
      ended_at: time(this.endedAt),
      archived_at: null,
      results_url: this.ended ? `${baseUrl}/v1/messages/batches/${this.id}/results` : null,
    };
  }

  /** Result lines, last item first: a caller that matches by position instead of `custom_id` gets them wrong. */
  *lines(): Generator<string> {
    for (const { custom_id } of [...this.items].reverse()) {
      const result = this.results.get(custom_id);
      const line: MessageBatchIndividualResponse | undefined = result && { custom_id, result };
      if (line) yield `${JSON.stringify(line)}\n`;
    }
  }
}
