const maxCharacters = 20_000;
const segmenter = new Intl.Segmenter('und', { granularity: 'sentence' });

/** The sentences of a mail in their order, each once, without quoted lines, links and fragments. */
export function splitSentences(text: string): string[] {
  const lines = text
    .slice(0, maxCharacters)
    .split('\n')
    .filter((line) => !line.startsWith('>'))
    .map((line) => line.replace(/https?:\/\/\S+|<[^<>]{0,200}>/g, '').trim());
  const sentences = joinWrapped(lines)
    .flatMap((paragraph) => [...segmenter.segment(paragraph)].map((part) => part.segment))
    .map((sentence) =>
      sentence
        .replace(/^[-*•\d.)\s]+/, '')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((sentence) => sentence.length >= 12 && /\p{L}{2}/u.test(sentence));
  return [...new Set(sentences)];
}

/** A hard-wrapped line goes on in the next one; a short line or a list item stands alone. */
function joinWrapped(lines: string[]): string[] {
  const paragraphs: string[] = [];
  let open = false;
  for (const line of lines) {
    if (open && line !== '' && !/^[-*•]|^\d+[.)]/.test(line)) {
      paragraphs.push(`${paragraphs.pop() ?? ''} ${line}`);
    } else if (line !== '') {
      paragraphs.push(line);
    }
    open = line.length > 50;
  }
  return paragraphs;
}

/** The `count` sentences that say most, in the mail's order: frequent words weigh, and so does an early place. */
export function topSentences(sentences: string[], count: number): string[] {
  const frequency = new Map<string, number>();
  const wordsOf = (sentence: string) => sentence.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
  for (const word of sentences.flatMap(wordsOf)) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const weigh = (sentence: string, index: number) => {
    const words = wordsOf(sentence);
    const weight = words.reduce((sum, word) => sum + (frequency.get(word) ?? 0), 0);
    return weight / Math.sqrt(words.length + 1) + 3 / (index + 1);
  };
  return sentences
    .map((sentence, index) => ({ sentence, index, weight: weigh(sentence, index) }))
    .sort((a, b) => b.weight - a.weight || a.index - b.index)
    .slice(0, count)
    .sort((a, b) => a.index - b.index)
    .map((entry) => entry.sentence);
}

/** At most `length` characters, cut at a word, with an ellipsis when something is missing. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const head = text.slice(0, length - 1);
  const space = head.lastIndexOf(' ');
  return `${head.slice(0, space > length / 2 ? space : undefined).trimEnd()}…`;
}
