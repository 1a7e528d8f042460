import type { EnvDto } from '../../kernel/config/env.dto';
import { EnvError } from '../../kernel/config/load-env';
import { isPriced } from './price-table';

/** Models from before adaptive thinking answer 400 to an effort (Anthropic's model pages, autumn 2026). */
const withoutEffort = new Set(['claude-haiku-4-5-20251001']);

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
