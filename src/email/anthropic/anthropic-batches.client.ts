import type Anthropic from '@anthropic-ai/sdk';
import { NotFoundError } from '@anthropic-ai/sdk';
import type { MessageBatch } from '@anthropic-ai/sdk/resources/messages';
import { Injectable } from '@nestjs/common';
import { EnvDto } from '../../kernel/config/env.dto';
import { DomainError } from '../../kernel/errors/domain-error';
import { measureUpstream } from '../../kernel/observability/instruments';
import { Metrics } from '../../kernel/observability/metrics';
import { upstreamDefaults } from '../../kernel/resilience/upstream-options';
import { UpstreamPolicy } from '../../kernel/resilience/upstream-policy';
import type { BatchVerdict } from '../summariser/read-result';
import { parseAnthropicError } from './anthropic-errors';
import { batchVerdict } from './batch-errors';
import { answerOf, createSdk, type ModelAnswer, paramsOf, type Question } from './messages';

/** Milliseconds that handing a batch over may take: up to 64 MiB go up the wire. */
export const submitTimeoutMs = 120_000;
const timeoutMs = 25_000;

export interface BatchItem {
  customId: string;
  request: object;
}

/** A batch as the vendor tells it. */
export interface VendorBatch {
  id: string;
  mails: number;
  ended: boolean;
}

export type BatchResult = { customId: string } & ({ answer: ModelAnswer } | { verdict: BatchVerdict });

/** Failures by which the vendor, or our own policy, says that a batch was not taken in. Any other leaves it open. */
const refusals = new Set([
  ...['email.rate-limited', 'email.spend-limit', 'email.overloaded', 'email.too-long', 'email.bad-request'],
  ...['email.model-refused-key', 'anthropic.circuit-open', 'anthropic.busy'],
]);

/** Whether this failure of a submission says for certain that there is no batch. */
export function isRefusal({ code }: DomainError): boolean {
  return refusals.has(code);
}

/** The Message Batches API. */
@Injectable()
export class AnthropicBatches {
  private readonly sdk: Anthropic;
  private readonly submitting: UpstreamPolicy;
  private readonly asking: UpstreamPolicy;

  constructor(env: EnvDto, metrics: Metrics) {
    this.sdk = createSdk(env, submitTimeoutMs);
    const options = {
      ...upstreamDefaults,
      ...measureUpstream(metrics),
      upstream: 'anthropic',
      parse: parseAnthropicError,
    };
    // Never repeated by itself: who repeats a submission whose answer was lost pays for all of it twice.
    this.submitting = new UpstreamPolicy({
      ...options,
      attempts: 1,
      timeoutMs: submitTimeoutMs,
      deadlineMs: submitTimeoutMs,
    });
    this.asking = new UpstreamPolicy({ ...options, attempts: 2, timeoutMs, deadlineMs: 2 * timeoutMs });
  }

  /** The request of one mail; its system prompt is cached for an hour, since a batch takes longer than five minutes. */
  requestOf(question: Question): object {
    return paramsOf(question, '1h');
  }

  /** Hands a batch over and answers the vendor's id. @throws DomainError; `isRefusal` tells whether it is certain. */
  async submit(items: BatchItem[]): Promise<string> {
    const requests = items.map(({ customId, request }) => ({
      custom_id: customId,
      params: request as Anthropic.MessageCreateParamsNonStreaming,
    }));
    const { id } = await this.submitting.run('batches.create', (signal) =>
      this.sdk.messages.batches.create({ requests }, { signal }),
    );
    return id;
  }

  /** Undefined when the vendor has no such batch, or its results no more. */
  async find(id: string): Promise<VendorBatch | undefined> {
    const batch = await this.unlessGone(() =>
      this.asking.run('batches.retrieve', (signal) => this.sdk.messages.batches.retrieve(id, {}, { signal })),
    );
    return batch?.archived_at === null ? toVendorBatch(batch) : undefined;
  }

  /** Every batch that was made since, newest first. */
  listSince(since: Date): Promise<VendorBatch[]> {
    return this.asking.run('batches.list', async (signal) => {
      const found: VendorBatch[] = [];
      for await (const batch of this.sdk.messages.batches.list({ limit: 100 }, { signal })) {
        if (Date.parse(batch.created_at) < since.getTime()) break;
        if (batch.archived_at === null) found.push(toVendorBatch(batch));
      }
      return found;
    });
  }

  /** The results of a batch that has ended, one by one, in no order. */
  async *results(id: string): AsyncGenerator<BatchResult> {
    const lines = await this.asking.run('batches.results', (signal) =>
      this.sdk.messages.batches.results(id, {}, { signal }),
    );
    for await (const { custom_id: customId, result } of lines) {
      if (result.type === 'succeeded') yield { customId, answer: answerOf(result.message) };
      else if (result.type === 'errored') yield { customId, verdict: batchVerdict(result.error.error.type) };
      else yield { customId, verdict: { outcome: 'again', reasonCode: `email.batch-${result.type}` } };
    }
  }

  /** Stops a batch that nobody waits for. */
  async cancel(id: string): Promise<void> {
    await this.asking.run('batches.cancel', (signal) => this.sdk.messages.batches.cancel(id, {}, { signal }));
  }

  /** Lets the vendor forget a batch that has ended, mails and answers. */
  async forget(id: string): Promise<void> {
    await this.unlessGone(() =>
      this.asking.run('batches.delete', (signal) => this.sdk.messages.batches.delete(id, {}, { signal })),
    );
  }

  private async unlessGone<T>(call: () => Promise<T>): Promise<T | undefined> {
    try {
      return await call();
    } catch (error) {
      if (error instanceof DomainError && error.cause instanceof NotFoundError) return undefined;
      throw error;
    }
  }
}

function toVendorBatch({ id, processing_status, request_counts }: MessageBatch): VendorBatch {
  const mails = Object.values<number>({ ...request_counts }).reduce((sum, count) => sum + count, 0);
  return { id, mails, ended: processing_status === 'ended' };
}
