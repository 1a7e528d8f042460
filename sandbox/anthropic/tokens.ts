import type { SandboxModel } from './models';
import { type PromptBlock } from './request';

const bytesPerToken = 4;

/** A deterministic estimate: four UTF-8 bytes are a token, so scripts without spaces are not undercounted. */
export const countTokens = (text: string, model: SandboxModel): number =>
  Math.ceil((Buffer.byteLength(text) / bytesPerToken) * model.tokenFactor);

/** Tokens of each block, with the few that frame it. */
export const blockTokens = (blocks: PromptBlock[], model: SandboxModel): number[] =>
  blocks.map((block) => countTokens(block.text, model) + 4);

/** The head of `text` that costs at most `budget` tokens. */
export function cutToTokens(text: string, budget: number, model: SandboxModel): string {
  const bytes = Math.floor((budget * bytesPerToken) / model.tokenFactor);
  return Buffer.from(text)
    .subarray(0, Math.max(0, bytes))
    .toString('utf8')
    .replace(/\uFFFD+$/, '');
}
