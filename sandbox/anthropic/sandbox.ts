import { setTimeout as sleep } from 'node:timers/promises';
import type { Message } from '@anthropic-ai/sdk/resources/messages';
import { utter } from './answering/compose';
import { envelope } from './answering/envelope';
import { ScriptedAnswers, scriptedError } from './answering/scripted-answers';
import { BatchDesk } from './batches/batch-desk';
import { ApiError, invalidRequest } from './errors';
import type { SandboxModel } from './models';
import { PromptCache } from './prompt-cache';
import { type RateLimits, RateLimiter } from './rate-limits';
import { mailOf } from './reading/mail-of';
import { checkRequest } from './request-rules';
import { type MessagesRequest, promptBlocks, wholeText } from './request';
import { Tally } from './tally';
import { blockTokens } from './tokens';

/** How the emulator starts; everything can be changed later over the control endpoint. */
export interface AnthropicOptions {
  /** Keys that are let in; without the option every non-empty key is. */
  apiKeys?: string[];
  /** Milliseconds a batch takes. Default 500. */
  batchEndsAfterMs?: number;
  limits?: RateLimits;
  latency?: Latency;
  /** The clock, in milliseconds; tests move it to let cache entries expire. */
  now?: () => number;
}

/** How long an answer takes: somewhere between the two, in milliseconds. */
export interface Latency {
  minMs: number;
  maxMs: number;
}

/** A message, and whether its connection is to break half-way. */
export interface Answer {
  message: Message;
  cut: boolean;
}

/** Thrown for a scripted timeout: nothing is to be answered for so long, then the connection closes. */
export class Silence extends Error {
  constructor(readonly delayMs: number) {
    super('scripted silence');
  }
}

const tenMinutesMs = 600_000;

/** All state of the emulator, reachable in-process by tests. */
export class AnthropicSandbox {
  readonly now: () => number;
  readonly cache: PromptCache;
  readonly limiter: RateLimiter;
  readonly script = new ScriptedAnswers();
  readonly tally = new Tally();
  readonly batches: BatchDesk;
  latency: Latency = { minMs: 0, maxMs: 0 };

  constructor(readonly options: AnthropicOptions = {}) {
    this.now = options.now ?? Date.now;
    this.cache = new PromptCache(this.now);
    this.limiter = new RateLimiter(this.now);
    this.batches = new BatchDesk(this.now, (body) => this.answerInBatch(body));
    this.reset();
  }

  reset(): void {
    this.cache.clear();
    this.script.clear();
    this.tally.clear();
    this.limiter.set(this.options.limits ?? {});
    this.batches.reset(this.options.batchEndsAfterMs ?? 500);
    this.latency = this.options.latency ?? { minMs: 0, maxMs: 0 };
  }

  snapshot(): object {
    return {
      ...this.tally.snapshot(),
      cachedPrefixes: this.cache.size,
      batches: this.batches.snapshot(),
      scripted: this.script.list(),
    };
  }

  /** Answers one call as it comes over the wire. Throws an `ApiError`, or `Silence` for a scripted timeout. */
  async answer(body: unknown): Promise<Answer> {
    const { request, model } = checkRequest(body);
    const tokens = this.countInput(request, model);
    this.limiter.take(tokens);
    return this.respond(request, model, 'standard');
  }

  /** Tokens of the whole prompt. Throws a 400 when the model's window is too small for it. */
  countInput(request: MessagesRequest, model: SandboxModel): number {
    const tokens = blockTokens(promptBlocks(request), model).reduce((sum, size) => sum + size, 0);
    const window = model.info.max_input_tokens ?? Number.POSITIVE_INFINITY;
    if (tokens > window) throw invalidRequest(`prompt is too long: ${tokens} tokens > ${window} maximum`);
    return tokens;
  }

  private async answerInBatch(body: unknown): Promise<Message> {
    const { request, model } = checkRequest(body);
    this.countInput(request, model);
    try {
      return (await this.respond(request, model, 'batch')).message;
    } catch (error) {
      throw error instanceof Silence ? new ApiError(504, 'timeout_error', 'Timed out') : error;
    }
  }

  private async respond(
    request: MessagesRequest,
    model: SandboxModel,
    tier: 'standard' | 'batch',
  ): Promise<Answer> {
    const answered = this.tally.called(mailOf(request));
    const script = this.script.take(wholeText(request));
    if (tier === 'standard') await this.wait(script?.kind === 'timeout' ? 0 : script?.delayMs);
    if (script?.kind === 'timeout') throw new Silence(script.delayMs ?? tenMinutesMs);
    const error = script && scriptedError(script);
    if (error) throw error;
    const prompt = this.cache.use(promptBlocks(request), model);
    const message = envelope(request.model, utter(request, model, script), prompt, tier);
    answered(message.usage);
    return { message, cut: script?.kind === 'cut' };
  }

  private async wait(extraMs = 0): Promise<void> {
    const { minMs, maxMs } = this.latency;
    const ms = extraMs + minMs + Math.random() * Math.max(0, maxMs - minMs);
    if (ms > 0) await sleep(ms, undefined, { ref: false });
  }
}
