import { systemPrompt } from './prompt';
import { withoutPromptEcho } from './prompt-echo';

describe('an echo of the prompt', () => {
  // Mutant: only whole sentences of the prompt taken out.
  it('is taken out wherever it begins and ends, and however it is spaced', () => {
    const piece = systemPrompt.slice(1_000, 1_200).replace(/ /g, '  ');
    const left = withoutPromptEcho(`Before. ${piece} After.`);
    expect(left).toMatch(/^Before\./);
    expect(left).toMatch(/After\.$/);
    expect(left.length).toBeLessThan(40);
  });

  it('leaves everything else as it was', () => {
    const text = 'Ada asks for lunch on Friday; the reader should bring the contract.';
    expect(withoutPromptEcho(text)).toBe(text);
    expect(withoutPromptEcho('')).toBe('');
  });
});
