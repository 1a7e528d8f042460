import { systemPrompt } from './prompt';

/** Words in a row that nobody writes by chance the way the prompt does. */
const runLength = 6;
const word = /[\p{L}\p{N}_]+/gu;
const betweenWords = /[^\p{L}\p{N}_]+/u;

const wordsOf = (text: string): { word: string; start: number; end: number }[] =>
  [...text.matchAll(word)].map((match) => ({
    word: match[0].toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }));

const runAt = (words: { word: string }[], index: number): string =>
  words
    .slice(index, index + runLength)
    .map((entry) => entry.word)
    .join(' ');

const promptWords = wordsOf(systemPrompt);
const known = new Set(promptWords.map((entry) => entry.word));
const runs = new Set(promptWords.map((_, index) => runAt(promptWords, index)));

/** Takes out every passage that repeats six or more words of the system prompt in a row. */
export function withoutPromptEcho(text: string): string {
  return mayEcho(text) ? withoutEchoes(text) : text;
}

/** Whether that many words in a row are all among the prompt's, in whatever order: a cheap look, the last that most texts get. */
function mayEcho(text: string): boolean {
  let inARow = 0;
  for (const found of text.toLowerCase().split(betweenWords)) {
    inARow = known.has(found) ? inARow + 1 : 0;
    if (inARow === runLength) return true;
  }
  return false;
}

function withoutEchoes(text: string): string {
  const words = wordsOf(text);
  let kept = '';
  let from = 0;
  let echoEnd = 0;
  let knownEnd = 0;
  for (const [index, { start, end }] of words.entries()) {
    const goesOn = index < echoEnd;
    knownEnd = Math.max(knownEnd, index);
    while (known.has(words[knownEnd]?.word ?? '')) knownEnd += 1;
    if (knownEnd - index >= runLength && runs.has(runAt(words, index))) echoEnd = index + runLength;
    if (index >= echoEnd) continue;
    if (!goesOn) kept += text.slice(from, start);
    from = end;
  }
  return kept + text.slice(from);
}
