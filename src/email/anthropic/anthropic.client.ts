import type Anthropic from '@anthropic-ai/sdk';
import { Injectable } from '@nestjs/common';
import { EnvDto } from '../../kernel/config/env.dto';
import { measureUpstream } from '../../kernel/observability/instruments';
import { Metrics } from '../../kernel/observability/metrics';
import { upstreamFetch } from '../../kernel/resilience/upstream-fetch';
import { upstreamDefaults } from '../../kernel/resilience/upstream-options';
import { UpstreamPolicy } from '../../kernel/resilience/upstream-policy';
import { parseAnthropicError } from './anthropic-errors';
import { answerOf, createSdk, type ModelAnswer, paramsOf, type Question } from './messages';

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
    this.sdk = createSdk(env, timeoutMs, upstreamFetch);
  }

  /** @throws DomainError as `parseAnthropicError` sorts it. */
  async ask(question: Question): Promise<ModelAnswer> {
    const message = await this.policyFor(question.model).run('messages.create', (signal) =>
      this.sdk.messages.create(paramsOf(question, '5m'), { signal }),
    );
    return answerOf(message);
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
