import { EnvError } from '../../kernel/config/load-env';
import { effortFor, ensureKnownModels, uncachedModels } from './known-models';
import { systemPrompt } from './prompt';

describe('the models', () => {
  it('are refused at start when their price is not known, all at once', () => {
    const unknown = { ANTHROPIC_MODEL: 'claude-x', ANTHROPIC_FALLBACK_MODEL: 'constructor' };
    expect(() => ensureKnownModels(unknown)).toThrow(EnvError);
    expect(() => ensureKnownModels(unknown)).toThrow(
      /ANTHROPIC_MODEL: .*claude-x[^]*ANTHROPIC_FALLBACK_MODEL/,
    );
    expect(() => ensureKnownModels({ ANTHROPIC_MODEL: 'claude-haiku-5-5' })).not.toThrow();
  });

  // Mutants: the minimum of one model taken for all; a prompt cut to a third.
  it('cache our prompt where its length lets them, and are named where it does not', () => {
    const [small, older] = ['claude-haiku-5-5', 'claude-haiku-4-5-20251001'];
    expect(uncachedModels([small, undefined], systemPrompt)).toEqual([]);
    expect(uncachedModels([small], systemPrompt.slice(0, 2_000))).toEqual([small]);
    expect(uncachedModels([small, older], systemPrompt)).toEqual([older]);
  });

  it('are told how hard to think only where they take it', () => {
    expect(effortFor('claude-haiku-5-5', 'low')).toBe('low');
    expect(effortFor('claude-haiku-4-5-20251001', 'low')).toBeUndefined();
  });
});
