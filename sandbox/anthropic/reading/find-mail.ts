import { createHash } from 'node:crypto';

/** The mail that a prompt carries, with the headers that could be read beside it. */
export interface FoundMail {
  text: string;
  subject?: string;
  from?: string;
  to?: string;
  date?: string;
}

interface Candidate {
  name: string;
  body: string;
}

const mailNames = /mail|message|letter/i;
const bodyNames = /body|content|text/i;

/**
 * Finds the mail in a user turn whatever delimiter the application chose: an XML-like tag, a boundary line that
 * comes twice, a pair of BEGIN and END lines, a fence, or JSON. Without any, the whole turn is the mail.
 */
export function findMail(turn: string): FoundMail {
  const block = choose([...taggedBlocks(turn), ...linedBlocks(turn)], mailNames)?.body ?? turn;
  const fromJson = readJson(block);
  if (fromJson) return fromJson;
  const body = choose(taggedBlocks(block), bodyNames, true)?.body;
  const header = (name: string) => readHeader(block, name) ?? readHeader(turn, name);
  return {
    text: unescape(body ?? withoutHeaders(block)).trim(),
    subject: header('subject'),
    from: header('from') ?? header('sender'),
    to: header('to'),
    date: header('date'),
  };
}

/** Names a mail by its text, however its spaces and the boundary around it change. */
export const mailKey = (mail: FoundMail): string =>
  createHash('sha256')
    .update(`${mail.subject ?? ''}\n${mail.text}`.replace(/\s+/g, ' '))
    .digest('hex')
    .slice(0, 16);

function choose(candidates: Candidate[], names: RegExp, onlyNamed = false): Candidate | undefined {
  const filled = candidates.filter((candidate) => candidate.body.trim() !== '');
  const named = filled.filter((candidate) => names.test(candidate.name));
  const pool = named.length > 0 || onlyNamed ? named : filled;
  return pool.reduce<Candidate | undefined>(
    (longest, next) => (longest && longest.body.length >= next.body.length ? longest : next),
    undefined,
  );
}

/** From the first opening of each tag to its last closing, so that an imitation inside the mail cannot cut it. */
function taggedBlocks(text: string): Candidate[] {
  const blocks = new Map<string, Candidate>();
  for (const opening of text.matchAll(/<([A-Za-z][\w.:-]{0,80})(?:\s[^<>]{0,200})?>/g)) {
    const name = opening[1] ?? '';
    if (blocks.has(name)) continue;
    const start = opening.index + opening[0].length;
    const end = text.lastIndexOf(`</${name}`);
    if (end > start) blocks.set(name, { name, body: text.slice(start, end) });
  }
  return [...blocks.values()];
}

/** Between the first and the last line that carry the same boundary, BEGIN and END set aside. */
function linedBlocks(text: string): Candidate[] {
  const spans = new Map<string, { start: number; end: number }>();
  let offset = 0;
  for (const line of text.split('\n')) {
    const key = line
      .trim()
      .replace(/\b(begin|end|start|stop)\b|\/|[<>[\]]/gi, '')
      .trim();
    const next = offset + line.length + 1;
    if (key.length >= 3 && key.length <= 120 && /[-=#*_`~]{3}|\d.*[a-z]|[a-z].*\d/i.test(key)) {
      const span = spans.get(key);
      if (span) span.end = offset;
      else spans.set(key, { start: next, end: next });
    }
    offset = next;
  }
  return [...spans].map(([name, span]) => ({ name, body: text.slice(span.start, span.end) }));
}

function readHeader(text: string, name: string): string | undefined {
  const tag = new RegExp(`<${name}>([^<]{1,998})</${name}>`, 'i').exec(text)?.[1];
  const line = new RegExp(`^[ \\t]*${name}:[ \\t]*(.{1,998})$`, 'im').exec(text)?.[1];
  const value = tag ?? line;
  return value === undefined ? undefined : unescape(value).trim();
}

/** Drops the header lines at the top, so that they are not summarised. */
function withoutHeaders(block: string): string {
  return block.replace(/^\s*(?:[A-Z][\w-]{1,30}:[ \t].*\n)+\s*\n/, '');
}

function readJson(block: string): FoundMail | undefined {
  if (!block.trimStart().startsWith('{')) return undefined;
  try {
    const fields = Object.entries(JSON.parse(block) as Record<string, unknown>).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    const field = (name: RegExp) => fields.find(([key]) => name.test(key))?.[1];
    const longest = fields.map(([, value]) => value).sort((a, b) => b.length - a.length)[0] ?? '';
    return {
      text: field(/^(body|text|content)/i) ?? longest,
      subject: field(/subject/i),
      from: field(/^(from|sender)/i),
      to: field(/^to$/i),
      date: field(/date|sent|received/i),
    };
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
