import type { HighlightDto } from './summary.dto';

/** Marks around a found word: characters that no stored summary holds. */
export const markStart = '\u0001';
export const markEnd = '\u0002';

/** Turns marked texts into parts, leaving out the fields in which nothing was found. */
export function readHighlights(marked: Record<HighlightDto['field'], string>): HighlightDto[] {
  return (Object.entries(marked) as [HighlightDto['field'], string][])
    .filter(([, text]) => text.includes(markStart))
    .map(([field, text]) => ({ field, parts: partsOf(text) }));
}

function partsOf(text: string): HighlightDto['parts'] {
  return text
    .split(markStart)
    .flatMap((piece, index) => {
      if (index === 0) return [{ text: piece, found: false }];
      const [found = '', rest = ''] = piece.split(markEnd);
      return [
        { text: found, found: true },
        { text: rest, found: false },
      ];
    })
    .filter(({ text: part }) => part !== '');
}
