import type { ContentBlock, StopReason } from '@anthropic-ai/sdk/resources/messages';
import type { SandboxModel } from '../models';
import { mailOf } from '../reading/mail-of';
import { readFacts } from '../reading/mail-facts';
import { type MessagesRequest, systemText, wholeText } from '../request';
import { countTokens, cutToTokens } from '../tokens';
import { fillSchema } from './fill-schema';
import { obeyEverything } from './obey';
import { type ScriptedAnswer } from './scripted-answers';
import { think, thinkingTokens } from './think';
import { forcedTool, toolBlock } from './tool-use';

/** What the model says, before its prompt is billed. */
export interface Utterance {
  content: ContentBlock[];
  stopReason: StopReason;
  stopSequence: string | null;
  outputTokens: number;
  thinkingTokens: number;
}

/** Says what the request asks for: an extractive summary, in the asked-for schema, or what the script puts first. */
export function utter(request: MessagesRequest, model: SandboxModel, script?: ScriptedAnswer): Utterance {
  const thought = think(request, model);
  const thoughtTokens = thought ? thinkingTokens : 0;
  const silent = { content: thought ? [thought] : [], stopSequence: null, thinkingTokens: thoughtTokens };
  // Zero tokens only warm the cache.
  if (request.max_tokens === 0) {
    return { ...silent, content: [], stopReason: 'max_tokens', outputTokens: 0, thinkingTokens: 0 };
  }
  if (script?.kind === 'refusal' || script?.kind === 'empty') {
    const stopReason = script.kind === 'refusal' ? 'refusal' : 'end_turn';
    return { ...silent, stopReason, outputTokens: thoughtTokens + 1 };
  }
  const said = distort(speak(request, script), script);
  const stop = firstStop(said, request.stop_sequences ?? []);
  const text = stop ? said.slice(0, stop.at) : said;
  const wanted = countTokens(text, model);
  const budget = Math.max(0, request.max_tokens - thoughtTokens);
  const limit = script?.kind === 'max_tokens' ? Math.min(budget, Math.floor(wanted / 2)) : budget;
  const isCut = wanted > limit;
  const tool = forcedTool(request);
  const kept = isCut ? cutToTokens(text, limit, model) : text;
  const block = tool ? toolBlock(tool, kept) : { type: 'text' as const, text: kept, citations: null };
  return {
    content: [...silent.content, block],
    stopReason: isCut ? 'max_tokens' : stop ? 'stop_sequence' : tool ? 'tool_use' : 'end_turn',
    stopSequence: !isCut && stop ? stop.sequence : null,
    outputTokens: thoughtTokens + Math.max(1, Math.min(wanted, limit)),
    thinkingTokens: thoughtTokens,
  };
}

function speak(request: MessagesRequest, script: ScriptedAnswer | undefined): string {
  const read = readFacts(mailOf(request));
  const facts =
    script?.kind === 'obey' ? obeyEverything(read, wholeText(request), systemText(request)) : read;
  const schema = request.output_config?.format?.schema ?? forcedTool(request)?.schema;
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
