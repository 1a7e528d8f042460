/** A text that fits, and whether something had to go. */
export interface BudgetedText {
  text: string;
  isShortened: boolean;
}

const CHARACTERS_PER_TOKEN = 4;
/** A mail says what it wants at its start, and often repeats it at its end. */
const HEAD_SHARE = 0.75;
const OMITTED = '\n\n[… part of the mail is left out here …]\n\n';
const WIDE =
  /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\ua000-\ua4cf\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]|[\ud800-\udbff][\udc00-\udfff]/g;
/** Scripts between: some two characters to a token. */
const MIDDLE = /[\u0370-\u0dff\u10a0-\u10ff\u1200-\u137f]/g;

const countMatches = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/**
 * How many tokens a text has, on the safe side and without a tokenizer: four characters of Latin script to a token,
 * two of Cyrillic, Greek, Arabic or Indic scripts, one of Chinese, Japanese, Korean or Thai.
 */
export function estimateTokens(text: string): number {
  const wide = countMatches(text, WIDE);
  const middle = countMatches(text, MIDDLE);
  return Math.ceil((text.length - wide - middle) / CHARACTERS_PER_TOKEN + middle / 2 + wide);
}

/** The longest start of `text` within a budget of tokens, by bisection. */
function longestWithin(text: string, tokens: number, slice: (length: number) => string): string {
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (estimateTokens(slice(middle)) <= tokens) low = middle;
    else high = middle - 1;
  }
  return slice(low);
}

const wellFormed = (text: string): string => text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');

/**
 * Shortens a text to a budget of tokens (estimated, see `estimateTokens`), keeping its head and its tail and saying
 * in between that something is missing. Cuts at a line or word where one is near.
 */
export function fitToBudget(text: string, maxTokens: number): BudgetedText {
  if (estimateTokens(text) <= maxTokens) return { text, isShortened: false };
  const budget = Math.max(0, maxTokens - estimateTokens(OMITTED));
  const head = longestWithin(text, Math.floor(budget * HEAD_SHARE), (length) => text.slice(0, length));
  const tail = longestWithin(text, Math.floor(budget * (1 - HEAD_SHARE)), (length) =>
    text.slice(text.length - length),
  );
  return { text: `${tidyEnd(wellFormed(head))}${OMITTED}${tidyStart(wellFormed(tail))}`, isShortened: true };
}

/** Gives up at most a tenth to end at a line or word. */
function tidyEnd(text: string): string {
  const at = Math.max(text.lastIndexOf('\n'), text.lastIndexOf(' '));
  return at > text.length * 0.9 ? text.slice(0, at).trimEnd() : text;
}

function tidyStart(text: string): string {
  const at = text.search(/\s/);
  return at >= 0 && at < text.length * 0.1 ? text.slice(at).trimStart() : text;
}
