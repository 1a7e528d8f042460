import { systemPrompt } from './prompt';

/** Words in a row that nobody writes by chance the way the prompt does. */
const runLength = 6;
const word = /[\p{L}\p{N}_]+/gu;

const wordsOf = (text: string): { word: string; start: number; end: number }[] =>
  [...text.matchAll(word)].map((match) => ({
    word: match[0].toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }));

const runs = new Set(
  wordsOf(systemPrompt).map((_, index, words) =>
    words
      .slice(index, index + runLength)
      .map((entry) => entry.word)
      .join(' '),
  ),
);

/** Takes out every passage that repeats six or more words of the system prompt in a row. */
export function withoutPromptEcho(text: string): string {
  const words = wordsOf(text);
  let kept = '';
  let from = 0;
  let echoEnd = 0;
  for (const [index, { start, end }] of words.entries()) {
    const run = words.slice(index, index + runLength);
    const goesOn = index < echoEnd;
    if (run.length === runLength && runs.has(run.map((entry) => entry.word).join(' ')))
      echoEnd = index + runLength;
    if (index >= echoEnd) continue;
    if (!goesOn) kept += text.slice(from, start);
    from = end;
  }
  return kept + text.slice(from);
}
