import type { Message } from '@anthropic-ai/sdk/resources/messages';
import { newId } from '../errors';
import { type PromptUsage } from '../prompt-cache';
import { type Utterance } from './compose';

/** The message around what was said. Its model name says that a sandbox spoke. */
export function envelope(
  model: string,
  said: Utterance,
  prompt: PromptUsage,
  tier: 'standard' | 'batch',
): Message {
  const refused = said.stopReason === 'refusal';
  return {
    id: newId('msg'),
    type: 'message',
    role: 'assistant',
    model: model.endsWith('-sandbox') ? model : `${model}-sandbox`,
    content: said.content,
    stop_reason: said.stopReason,
    stop_sequence: said.stopSequence,
    stop_details: refused ? { type: 'refusal', category: null, explanation: 'Scripted refusal.' } : null,
    container: null,
    diagnostics: null,
    usage: {
      input_tokens: prompt.input,
      cache_read_input_tokens: prompt.read,
      cache_creation_input_tokens: prompt.written.fiveMinutes + prompt.written.oneHour,
      cache_creation: {
        ephemeral_5m_input_tokens: prompt.written.fiveMinutes,
        ephemeral_1h_input_tokens: prompt.written.oneHour,
      },
      output_tokens: said.outputTokens,
      output_tokens_details: { thinking_tokens: said.thinkingTokens },
      server_tool_use: null,
      service_tier: tier,
      inference_geo: null,
      speed: null,
    },
  };
}
