import type { EnvDto } from '../../kernel/config/env.dto';
import { EnvError } from '../../kernel/config/load-env';
import { isPriced } from './price-table';

/** Models from before adaptive thinking answer 400 to an effort (Anthropic's model pages, autumn 2026). */
const withoutEffort = new Set(['claude-haiku-4-5-20251001']);

/** Tokens below which the vendor silently caches nothing (Anthropic's caching page, autumn 2026). */
const cacheableFrom: Record<string, number> = {
  'claude-haiku-5-5': 512,
  'claude-haiku-4-5-20251001': 4_096,
};

/** Nobody's tokenizer makes more of English prose than this many characters to a token. */
const charactersPerToken = 5;

/** Models of these whose cache our prompt is surely or possibly too short for: each call then pays for it in full. */
export function uncachedModels(models: readonly (string | undefined)[], prompt: string): string[] {
  const tokens = prompt.length / charactersPerToken;
  return models.filter((model) => model !== undefined && tokens < (cacheableFrom[model] ?? 0)) as string[];
}

/** The configured effort, for a model that lets itself be told. */
export function effortFor(model: string, effort: EnvDto['ANTHROPIC_EFFORT']): EnvDto['ANTHROPIC_EFFORT'] {
  return withoutEffort.has(model) ? undefined : effort;
}

/** Refuses to start with a model whose cost is not known. @throws EnvError naming each. */
export function ensureKnownModels(env: Pick<EnvDto, 'ANTHROPIC_MODEL' | 'ANTHROPIC_FALLBACK_MODEL'>): void {
  const faults = (['ANTHROPIC_MODEL', 'ANTHROPIC_FALLBACK_MODEL'] as const).flatMap((name) => {
    const model = env[name];
    return model === undefined || isPriced(model) ? [] : [`${name}: there is no price for ${model}`];
  });
  if (faults.length > 0) throw new EnvError(faults);
}
