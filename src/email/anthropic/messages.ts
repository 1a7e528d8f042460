import Anthropic from '@anthropic-ai/sdk';
import type { EnvDto } from '../../kernel/config/env.dto';
import type { TokenUsage } from '../summariser/price-table';

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

/**
 * The vendor's SDK; its own retries are off, the policy around it owns them.
 * @param fetch by default the built-in one, which can stream.
 */
export function createSdk(env: EnvDto, timeoutMs: number, fetch?: typeof globalThis.fetch): Anthropic {
  const { ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: baseURL = null } = env;
  return new Anthropic({ apiKey, baseURL, maxRetries: 0, timeout: timeoutMs, fetch });
}

/** @param cacheFor how long the vendor keeps the system prompt at hand; a batch takes longer than five minutes. */
export function paramsOf(
  { model, system, turns, schema, maxTokens, effort }: Question,
  cacheFor: '5m' | '1h',
): Anthropic.MessageCreateParamsNonStreaming {
  return {
    model,
    max_tokens: maxTokens,
    system: [
      {
        type: 'text',
        text: system,
        cache_control: { type: 'ephemeral', ...(cacheFor === '1h' && { ttl: cacheFor }) },
      },
    ],
    messages: turns,
    output_config: { format: { type: 'json_schema', schema }, ...(effort && { effort }) },
  };
}

/** Thinking may come first: the answer is what stands in the text blocks. */
export function answerOf(message: Anthropic.Message): ModelAnswer {
  const text = message.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
  return { text, model: message.model, stopReason: message.stop_reason, usage: usageOf(message.usage) };
}

function usageOf(usage: Anthropic.Usage): TokenUsage {
  return {
    input: usage.input_tokens,
    output: usage.output_tokens,
    cacheRead: usage.cache_read_input_tokens ?? 0,
    cacheWrite: usage.cache_creation_input_tokens ?? 0,
    cacheWriteHour: usage.cache_creation?.ephemeral_1h_input_tokens ?? 0,
  };
}
