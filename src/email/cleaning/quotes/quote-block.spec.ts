import { type Line } from '../text/line';
import {
  answersWithin,
  endOfHistory,
  endOfQuote,
  forwardWithin,
  isHistoryQuote,
  isTypedQuote,
  opensWithAttribution,
} from './quote-block';

/** Lines as plain text has them: a `>` in front is depth. */
const lines = (...sources: string[]): Line[] =>
  sources.map((source) => {
    const depth = /^>*/.exec(source)?.[0].length ?? 0;
    return { text: source.slice(depth).trim(), depth };
  });
const declared = (all: Line[]): Line[] => all.map((line) => ({ ...line, inHistory: true }));
const ATTRIBUTION = 'On Mon, 4 Mar 2024 at 10:00, Ann Lee <ann@example.org> wrote:';
const LONG = 'w'.repeat(70);

describe('a quote ends', () => {
  it.each([
    ['where the answer begins', ['> a', '> b', 'No.'], 2],
    ['after blank lines and more of it', ['> a', '', '> b', '', 'No.'], 3],
    ['with the mail', ['> a', ''], 1],
    ['after the wrapped tail of a long line', [`> ${LONG}`, 'tail', '> b', 'No.'], 3],
    ['after a tail of two lines', [`> ${LONG}`, 'tail', 'tail', '> b', 'No.'], 4],
    ['before a longer answer', [`> ${LONG}`, 'an', 'answer', 'it is', '> b'], 1],
    ['before an answer set apart', [`> ${LONG}`, 'answer', '', '> b'], 1],
    ['before an answer after a blank line', [`> ${LONG}`, '', 'answer', '> b'], 1],
    ['before an answer to a short line', ['> a', 'answer', '> b'], 1],
    ['before an answer at the end', [`> ${LONG}`, 'answer'], 1],
  ])('%s', (_, sources, end) => {
    expect(endOfQuote(lines(...sources), 0)).toBe(end);
  });

  it('where a declared history begins', () => {
    expect(endOfQuote([...lines('> a'), ...declared(lines('> b'))], 0)).toBe(1);
    expect(endOfQuote(lines('text'), 0)).toBe(0);
  });
});

describe('a declared history', () => {
  it('ends with the last line that is declared', () => {
    const block = declared(lines('a', '', 'b'));
    expect(endOfHistory([...block, ...lines('', 'Bye')], 0)).toBe(3);
    expect(endOfHistory(block, 0)).toBe(3);
  });

  it('holds the answers between its quotes, blank lines between them included', () => {
    const block = lines(ATTRIBUTION, '', '> One?', 'Yes.', '', 'Sure.', '> Two?');
    expect(answersWithin(block, 0, block.length).map(({ text }) => text)).toEqual(['Yes.', '', 'Sure.']);
  });

  // Mutant: text before any quote counted as an answer, which would keep a whole history.
  it.each([
    ['unmarked quotes', [ATTRIBUTION, '', 'One?', 'Two?']],
    ['text before its quotes', ['Hello', '> One?', 'Yes.']],
    ['an attribution alone', [ATTRIBUTION, '']],
  ])('holds none with %s', (_, sources) => {
    expect(answersWithin(lines(...sources), 0, sources.length)).toEqual([]);
  });
});

describe('what a block is', () => {
  it('a forward says within its first lines', () => {
    const forward = '---------- Forwarded message ---------';
    expect(forwardWithin(lines('', forward), 0, 2)).toBe(1);
    expect(forwardWithin(lines('', forward), 0, 1)).toBe(-1);
    expect(forwardWithin(lines('', '', '', '', '', '', forward), 0, 7)).toBe(-1);
  });

  it.each([
    [['', ATTRIBUTION], true],
    [['-----Original Message-----'], true],
    [['a', 'b', 'c', 'd', ATTRIBUTION], false],
    [['a'], false],
  ])('a quoted mail says within its first lines: %j is %s', (sources, says) => {
    expect(opensWithAttribution(lines(...sources), 0, sources.length)).toBe(says);
  });

  it('its markup says: by the author, or by a mail program', () => {
    const typed: Line = { text: 'a', depth: 1, quote: 'typed' };
    const cited: Line = { text: 'a', depth: 1, quote: 'cited' };
    const blank: Line = { text: '', depth: 1 };
    expect([typed, cited, blank].map((line) => isTypedQuote([line]))).toEqual([true, false, false]);
    expect([typed, cited, blank].map((line) => isHistoryQuote([line]))).toEqual([false, true, false]);
    expect(isHistoryQuote(lines('> a'))).toBe(true);
  });
});
