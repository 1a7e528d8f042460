import type { FoundMail } from './found-mail';

const names = {
  subject: ['subject'],
  from: ['from', 'sender'],
  to: ['to'],
  date: ['date', 'received', 'sent'],
  language: ['summary_language', 'language'],
} as const;

/** The headers, looked for in the mail's own block first and then in all of the turn. */
export function readHeaders(block: string, turn: string): Omit<FoundMail, 'text'> {
  const read = (keys: readonly string[]) =>
    [block, turn]
      .flatMap((text) => keys.map((key) => readHeader(text, key)))
      .find((value) => value !== undefined);
  const language = read(names.language);
  return {
    subject: read(names.subject),
    from: read(names.from),
    to: read(names.to),
    date: read(names.date),
    language: language !== undefined && /^[a-z]{2}(-\w+)?$/i.test(language) ? language : undefined,
  };
}

/** As a tag, as a line, or as a field of some JSON. */
function readHeader(text: string, name: string): string | undefined {
  const field = new RegExp(`"${name}"\\s*:\\s*("(?:[^"\\\\]|\\\\.){0,998}")`, 'i').exec(text)?.[1];
  if (field !== undefined) return parseText(field);
  const tag = new RegExp(`<${name}>([^<]{1,998})</${name}>`, 'i').exec(text)?.[1];
  const line = new RegExp(`^[ \\t]*${name}:[ \\t]*(.{1,998})$`, 'im').exec(text)?.[1];
  const value = tag ?? line;
  return value === undefined ? undefined : unescape(value).trim();
}

function parseText(json: string): string | undefined {
  try {
    return String(JSON.parse(json));
  } catch {
    return undefined;
  }
}

/** Drops the header lines at the top, so that they are not summarised. */
export function withoutHeaders(block: string): string {
  return block.replace(/^\s*(?:[A-Z][\w-]{1,30}:[ \t].*\n)+\s*\n/, '');
}

/** A mail that came as a JSON object, or undefined. */
export function readJson(block: string): FoundMail | undefined {
  if (!block.trimStart().startsWith('{')) return undefined;
  try {
    const fields = Object.entries(JSON.parse(block) as Record<string, unknown>).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    const longest = fields.map(([, value]) => value).sort((a, b) => b.length - a.length)[0] ?? '';
    const text = fields.find(([key]) => /^(body|text|content)/i.test(key))?.[1] ?? longest;
    return { text, ...readHeaders(block, block) };
  } catch {
    return undefined;
  }
}

const entities: Record<string, string> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
  '#x27': "'",
  amp: '&',
};

/** Undoes the escaping that keeps a mail from closing its own delimiter. */
export const unescape = (text: string): string =>
  text.replace(/&(lt|gt|quot|apos|#39|#x27|amp);/g, (whole, name: string) => entities[name] ?? whole);
