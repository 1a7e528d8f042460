import type { CapabilitySupport, ModelInfo } from '@anthropic-ai/sdk/resources/models';

/** What the emulator knows of one model: its catalogue entry and the rules that its requests must obey. */
export interface SandboxModel {
  info: ModelInfo;
  aliases: string[];
  /** Shortest prefix, in tokens, that the prompt cache keeps. */
  minCacheableTokens: number;
  /** Newer tokenizers cut the same text into more tokens. */
  tokenFactor: number;
  /** Models since 5.5 think by themselves and answer 400 to sampling parameters, `budget_tokens` and prefill. */
  adaptive: boolean;
  forcedToolUse: boolean;
}

const can = (supported: boolean): CapabilitySupport => ({ supported });

interface Entry {
  id: string;
  name: string;
  line: 'haiku' | 'sonnet' | 'opus';
  released: string;
  adaptive: boolean;
  minCacheableTokens: number;
  aliases?: string[];
  forcedToolUse?: boolean;
}

function model(entry: Entry): SandboxModel {
  const { adaptive } = entry;
  const effort = can(adaptive);
  const info: ModelInfo = {
    id: entry.id,
    type: 'model',
    display_name: entry.name,
    line: entry.line,
    lifecycle: 'active',
    created_at: entry.released,
    deprecated_at: null,
    retires_at: null,
    max_input_tokens: 200_000,
    max_tokens: 64_000,
    capabilities: {
      batch: can(true),
      citations: can(true),
      code_execution: can(false),
      context_management: {
        supported: false,
        clear_thinking_20251015: can(false),
        clear_tool_uses_20250919: can(false),
        compact_20260112: can(false),
      },
      effort: { supported: adaptive, low: effort, medium: effort, high: effort, xhigh: effort, max: effort },
      image_input: can(true),
      pdf_input: can(true),
      server_tools: { supported: false, code_execution: can(false), web_search: can(false) },
      structured_outputs: can(true),
      thinking: {
        supported: true,
        types: {
          adaptive: can(adaptive),
          between_tools: can(false),
          disabled: can(true),
          enabled: can(!adaptive),
        },
      },
    },
  };
  return {
    info,
    adaptive,
    aliases: entry.aliases ?? [],
    minCacheableTokens: entry.minCacheableTokens,
    tokenFactor: adaptive ? 1.3 : 1,
    forcedToolUse: entry.forcedToolUse ?? true,
  };
}

/** The catalogue, newest first as `GET /v1/models` lists it. */
export const models: readonly SandboxModel[] = [
  model({
    id: 'claude-haiku-5-5',
    name: 'Claude Haiku 5.5',
    line: 'haiku',
    released: '2026-09-15T00:00:00Z',
    adaptive: true,
    minCacheableTokens: 512,
  }),
  model({
    id: 'claude-sonnet-5-5',
    name: 'Claude Sonnet 5.5',
    line: 'sonnet',
    released: '2026-08-20T00:00:00Z',
    adaptive: true,
    minCacheableTokens: 1_024,
    forcedToolUse: false,
  }),
  model({
    id: 'claude-opus-5-5',
    name: 'Claude Opus 5.5',
    line: 'opus',
    released: '2026-08-01T00:00:00Z',
    adaptive: true,
    minCacheableTokens: 1_024,
  }),
  model({
    id: 'claude-haiku-4-5-20251001',
    name: 'Claude Haiku 4.5',
    line: 'haiku',
    released: '2025-10-15T00:00:00Z',
    adaptive: false,
    minCacheableTokens: 4_096,
    aliases: ['claude-haiku-4-5'],
  }),
];

/** The model of that name or alias; a trailing `-sandbox`, which the answers carry, is understood too. */
export function findModel(name: string): SandboxModel | undefined {
  const id = name.replace(/-sandbox$/, '');
  return models.find((entry) => entry.info.id === id || entry.aliases.includes(id));
}
