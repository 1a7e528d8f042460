import Anthropic from '@anthropic-ai/sdk';
import { Injectable } from '@nestjs/common';
import { EnvDto } from '../../kernel/config/env.dto';
import { measureUpstream } from '../../kernel/observability/instruments';
import { Metrics } from '../../kernel/observability/metrics';
import { upstreamDefaults } from '../../kernel/resilience/upstream-options';
import { UpstreamPolicy } from '../../kernel/resilience/upstream-policy';
import type { TokenUsage } from '../summariser/price-table';
import { parseAnthropicError } from './anthropic-errors';

export interface Turn {
  role: 'user' | 'assistant';
  content: string;
}

export interface Question {
  model: string;
  /** Cached by the vendor. */
  system: string;
  turns: Turn[];
  /** JSON schema the answer must have. */
  schema: Record<string, unknown>;
  maxTokens: number;
  /** Absent for a model that does not let itself be told. */
  effort?: NonNullable<EnvDto['ANTHROPIC_EFFORT']>;
}

export interface ModelAnswer {
  text: string;
  /** As the vendor names it. */
  model: string;
  stopReason: string | null;
  usage: TokenUsage;
}

/** Milliseconds one call may take; half of what a user is promised for a mail. */
const timeoutMs = 25_000;

/** The Messages API, with our own timeout and, for each model, a breaker around it; the SDK's retries are off. */
@Injectable()
export class AnthropicClient {
  private readonly sdk: Anthropic;
  private readonly policies = new Map<string, UpstreamPolicy>();

  constructor(
    private readonly env: EnvDto,
    private readonly metrics: Metrics,
  ) {
    this.sdk = new Anthropic({
      apiKey: env.ANTHROPIC_API_KEY,
      baseURL: env.ANTHROPIC_BASE_URL ?? null,
      maxRetries: 0,
      timeout: timeoutMs,
    });
  }

  /** @throws DomainError as `parseAnthropicError` sorts it. */
  async ask({ model, system, turns, schema, maxTokens, effort }: Question): Promise<ModelAnswer> {
    const message = await this.policyFor(model).run('messages.create', (signal) =>
      this.sdk.messages.create(
        {
          model,
          max_tokens: maxTokens,
          system: [{ type: 'text', text: system, cache_control: { type: 'ephemeral' } }],
          messages: turns,
          output_config: { format: { type: 'json_schema', schema }, ...(effort && { effort }) },
        },
        { signal },
      ),
    );
    // Thinking may come first: the answer is what stands in the text blocks.
    const text = message.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
    return { text, model: message.model, stopReason: message.stop_reason, usage: usageOf(message.usage) };
  }

  /** One for each model: an overloaded one must not close the door to the one that takes over. */
  private policyFor(model: string): UpstreamPolicy {
    const { WORKER_CONCURRENCY: concurrency } = this.env;
    const policy =
      this.policies.get(model) ??
      new UpstreamPolicy({
        ...upstreamDefaults,
        ...measureUpstream(this.metrics),
        upstream: 'anthropic',
        parse: parseAnthropicError,
        timeoutMs,
        deadlineMs: 2 * timeoutMs,
        attempts: 2,
        bulkhead: { concurrency, queue: concurrency * 4 },
      });
    this.policies.set(model, policy);
    return policy;
  }
}

function usageOf(usage: Anthropic.Usage): TokenUsage {
  return {
    input: usage.input_tokens,
    output: usage.output_tokens,
    cacheRead: usage.cache_read_input_tokens ?? 0,
    cacheWrite: usage.cache_creation_input_tokens ?? 0,
  };
}
