import { DomainError } from '../errors/domain-error';

/** Deeper than any honest input, and shallow enough for every recursive reader behind it. */
export const maxInputDepth = 16;

/** Matches a surrogate only when it stands alone: with the `u` flag a pair is one character. */
const loneSurrogate = /\p{Surrogate}/u;

/**
 * Walks an input without recursion and refuses what Postgres, JSON or a recursive reader would choke on.
 * @throws DomainError `request.bad-characters` for a NUL byte or a lone surrogate in any key or value;
 * `request.too-deep` beyond `maxInputDepth` levels.
 */
export function assertCleanText(input: unknown): void {
  const open: { value: unknown; depth: number }[] = [{ value: input, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value === 'string') assertCleanString(value);
    if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) continue;
    if (depth >= maxInputDepth)
      throw new DomainError('invalid', 'request.too-deep', `Inputs nest ${maxInputDepth} levels at most.`);
    for (const [key, child] of Object.entries(value)) {
      assertCleanString(key);
      open.push({ value: child, depth: depth + 1 });
    }
  }
}

function assertCleanString(text: string): void {
  if (text.includes('\0') || loneSurrogate.test(text))
    throw new DomainError(
      'invalid',
      'request.bad-characters',
      'NUL bytes and lone surrogates are not accepted.',
    );
}
