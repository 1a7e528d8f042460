import { EnvError } from '../../kernel/config/load-env';
import { effortFor, ensureKnownModels } from './known-models';

describe('the models', () => {
  it('are refused at start when their price is not known, all at once', () => {
    const unknown = { ANTHROPIC_MODEL: 'claude-x', ANTHROPIC_FALLBACK_MODEL: 'constructor' };
    expect(() => ensureKnownModels(unknown)).toThrow(EnvError);
    expect(() => ensureKnownModels(unknown)).toThrow(
      /ANTHROPIC_MODEL: .*claude-x[^]*ANTHROPIC_FALLBACK_MODEL/,
    );
    expect(() => ensureKnownModels({ ANTHROPIC_MODEL: 'claude-haiku-5-5' })).not.toThrow();
  });

  it('are told how hard to think only where they take it', () => {
    expect(effortFor('claude-haiku-5-5', 'low')).toBe('low');
    expect(effortFor('claude-haiku-4-5-20251001', 'low')).toBeUndefined();
  });
});
