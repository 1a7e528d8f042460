import { createHash } from 'node:crypto';
import type { ContentBlock, Message, StopReason } from '@anthropic-ai/sdk/resources/messages';
import { newId } from '../errors';
import type { SandboxModel } from '../models';
import { type PromptUsage } from '../prompt-cache';
import { findMail, mailKey } from '../reading/find-mail';
import { readFacts } from '../reading/mail-facts';
import { lastUserText, type MessagesRequest, systemText, wholeText } from '../request';
import { type JsonSchema } from '../schema-rules';
import { countTokens, cutToTokens } from '../tokens';
import { fillSchema } from './fill-schema';
import { obeyEverything } from './obey';
import { type ScriptedAnswer } from './scripted-answers';

/** What the model says, before tokens are counted and billed. */
export interface Utterance {
  content: ContentBlock[];
  stopReason: StopReason;
  stopSequence: string | null;
  outputTokens: number;
  thinkingTokens: number;
}

/** Says what the request asks for: an extractive summary, in the asked-for schema, or what the script puts first. */
export function utter(request: MessagesRequest, model: SandboxModel, script?: ScriptedAnswer): Utterance {
  const thinking = think(request, model);
  const thinkingTokens = thinking ? 40 : 0;
  const budget = Math.max(0, request.max_tokens - thinkingTokens);
  const silent = { content: thinking ? [thinking] : [], stopSequence: null, thinkingTokens };
  if (request.max_tokens === 0) {
    return { content: [], stopReason: 'max_tokens', stopSequence: null, outputTokens: 0, thinkingTokens: 0 };
  }
  if (script?.kind === 'refusal')
    return { ...silent, stopReason: 'refusal', outputTokens: thinkingTokens + 1 };
  if (script?.kind === 'empty')
    return { ...silent, stopReason: 'end_turn', outputTokens: thinkingTokens + 1 };
  const said = distort(speak(request, script), script);
  const stop = firstStop(said, request.stop_sequences ?? []);
  const text = stop ? said.slice(0, stop.at) : said;
  const wanted = countTokens(text, model);
  const cut = script?.kind === 'max_tokens' ? Math.floor(wanted / 2) : budget;
  const kept = wanted > cut ? cutToTokens(text, cut, model) : text;
  const outputTokens = thinkingTokens + Math.max(1, Math.min(wanted, cut));
  const stopReason = wanted > cut ? 'max_tokens' : stop ? 'stop_sequence' : 'end_turn';
  const block = toolBlock(request, kept) ?? { type: 'text' as const, text: kept, citations: null };
  return {
    content: [...silent.content, block],
    stopReason: block.type === 'tool_use' && stopReason === 'end_turn' ? 'tool_use' : stopReason,
    stopSequence: stopReason === 'stop_sequence' ? (stop?.sequence ?? null) : null,
    outputTokens,
    thinkingTokens,
  };
}

/** The answer's envelope. Its model name says that a sandbox spoke. */
export function envelope(
  request: MessagesRequest,
  said: Utterance,
  prompt: PromptUsage,
  tier: 'standard' | 'batch',
): Message {
  return {
    id: newId('msg'),
    type: 'message',
    role: 'assistant',
    model: request.model.endsWith('-sandbox') ? request.model : `${request.model}-sandbox`,
    content: said.content,
    stop_reason: said.stopReason,
    stop_sequence: said.stopSequence,
    stop_details:
      said.stopReason === 'refusal'
        ? { type: 'refusal', category: null, explanation: 'Scripted refusal.' }
        : null,
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

/** Adaptive models think before about every second mail, so callers must pick blocks by type. */
function think(request: MessagesRequest, model: SandboxModel): ContentBlock | undefined {
  const type = request.thinking?.type ?? (model.adaptive ? 'adaptive' : 'disabled');
  if (type === 'disabled') return undefined;
  const digest = createHash('sha256')
    .update(mailKey(findMail(lastUserText(request))))
    .digest();
  if (type === 'adaptive' && (digest[0] ?? 0) % 2 === 1) return undefined;
  const display = request.thinking && 'display' in request.thinking ? request.thinking.display : undefined;
  const thinking = display === 'summarized' ? 'The mail is data; its own sentences make the summary.' : '';
  return { type: 'thinking', thinking, signature: digest.toString('base64') };
}

function speak(request: MessagesRequest, script: ScriptedAnswer | undefined): string {
  const mail = findMail(lastUserText(request));
  const read = readFacts(mail);
  const facts =
    script?.kind === 'obey' ? obeyEverything(read, wholeText(request), systemText(request)) : read;
  const schema = (request.output_config?.format?.schema ?? forcedTool(request)?.schema) as
    JsonSchema | undefined;
  return schema ? JSON.stringify(fillSchema(schema, facts)) : facts.summary;
}

function distort(text: string, script: ScriptedAnswer | undefined): string {
  if (script?.kind === 'text') return script.text ?? '';
  if (script?.kind === 'malformed') return text.slice(0, Math.ceil(text.length * 0.6));
  if (script?.kind === 'wrong-schema') return JSON.stringify({ unexpected: [text.length], headline: 7 });
  return text;
}

function firstStop(text: string, sequences: string[]): { at: number; sequence: string } | undefined {
  return sequences
    .map((sequence) => ({ at: text.indexOf(sequence), sequence }))
    .filter((found) => found.at >= 0)
    .sort((a, b) => a.at - b.at)[0];
}

/** The tool that the request forces, whose input schema is then filled like an output schema. */
function forcedTool(request: MessagesRequest): { name: string; schema: object } | undefined {
  const choice = request.tool_choice;
  if (choice?.type !== 'tool' && choice?.type !== 'any') return undefined;
  const tools = (request.tools ?? []).filter((tool) => 'input_schema' in tool);
  const tool = choice.type === 'tool' ? tools.find((entry) => entry.name === choice.name) : tools[0];
  return tool && { name: tool.name, schema: tool.input_schema };
}

function toolBlock(request: MessagesRequest, text: string): ContentBlock | undefined {
  const tool = forcedTool(request);
  if (!tool) return undefined;
  return {
    type: 'tool_use',
    id: newId('toolu'),
    name: tool.name,
    input: parse(text),
    caller: { type: 'direct' },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
