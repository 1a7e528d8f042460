import { createHash } from 'node:crypto';
import type { FoundMail } from './found-mail';
import { readHeaders, readJson, unescape, withoutHeaders } from './mail-headers';

interface Candidate {
  name: string;
  body: string;
  tagged: boolean;
}

/** A delimiter that says what it holds, or that carries a code nobody could guess. */
const telling = /mail|message|letter|[0-9a-f]{8}/i;
const bodyNames = /^(body|content|text)$/i;

/**
 * Finds the mail in the user turns whatever delimiter the application chose: an XML-like tag, a boundary line that
 * comes twice, a pair of BEGIN and END lines, a fence, or JSON. Later turns are looked at first, since a repair may
 * follow the turn with the mail. Without any delimiter the longest turn is the mail.
 */
export function findMail(turns: string[]): FoundMail {
  for (const turn of turns.toReversed()) {
    const block = choose(candidates(turn), telling);
    if (block) return readBlock(block, turn);
  }
  const longest = turns.reduce((best, turn) => (turn.length > best.length ? turn : best), '');
  return readBlock({ name: '', body: longest, tagged: false }, longest);
}

/** Names a mail by its text, however its spaces and the boundary around it change. */
export const mailKey = (mail: FoundMail): string =>
  createHash('sha256')
    .update(`${mail.subject ?? ''}\n${mail.text}`.replace(/\s+/g, ' '))
    .digest('hex')
    .slice(0, 16);

function readBlock({ body, tagged }: Candidate, turn: string): FoundMail {
  const fromJson = readJson(body);
  if (fromJson) return fromJson;
  const inner = tagged
    ? choose(
        taggedBlocks(body).filter(({ name }) => bodyNames.test(name)),
        bodyNames,
      )
    : undefined;
  return { text: unescape(inner?.body ?? withoutHeaders(body)).trim(), ...readHeaders(body, turn) };
}

const candidates = (turn: string): Candidate[] => [...taggedBlocks(turn), ...linedBlocks(turn)];

/** The longest candidate, those with a telling name before all others. */
function choose(found: Candidate[], names: RegExp): Candidate | undefined {
  const filled = found.filter((candidate) => candidate.body.trim() !== '');
  const named = filled.filter((candidate) => names.test(candidate.name));
  return (named.length > 0 ? named : filled).reduce<Candidate | undefined>(
    (longest, next) => (longest && longest.body.length >= next.body.length ? longest : next),
    undefined,
  );
}

/** From the first opening of each tag to its last closing, so that an imitation inside the mail cannot cut it. */
function taggedBlocks(text: string): Candidate[] {
  const ends = new Map<string, number>();
  for (const closing of text.matchAll(/<\/([A-Za-z][\w.:-]{0,80})/g))
    ends.set(closing[1] ?? '', closing.index);
  const blocks = new Map<string, Candidate>();
  for (const opening of text.matchAll(/<([A-Za-z][\w.:-]{0,80})(?:\s[^<>]{0,200})?>/g)) {
    const name = opening[1] ?? '';
    const start = opening.index + opening[0].length;
    const end = ends.get(name);
    if (end === undefined || end < start || blocks.has(name)) continue;
    blocks.set(name, { name, body: text.slice(start, end), tagged: true });
  }
  return [...blocks.values()];
}

/** Between the first and the last line that carry the same boundary, BEGIN and END set aside. */
function linedBlocks(text: string): Candidate[] {
  const spans = new Map<string, { start: number; end: number }>();
  let offset = 0;
  for (const line of text.split('\n')) {
    const next = offset + line.length + 1;
    const key = line.length > 200 ? '' : boundaryKey(line);
    const span = spans.get(key);
    if (span) span.end = offset;
    else if (key !== '') spans.set(key, { start: next, end: next });
    offset = next;
  }
  return [...spans].map(([name, { start, end }]) => ({ name, body: text.slice(start, end), tagged: false }));
}

/** What stays the same in the two lines of a boundary; empty for a line that looks like none. */
function boundaryKey(line: string): string {
  const key = line
    .replace(/\b(begin|end|start|stop)\b|[/<>[\]]/gi, '')
    .replace(/\s+/g, ' ')
    .trim();
  return key.length >= 3 && /[-=#*_`~]{3}|[0-9a-f]{8}/i.test(key) ? key : '';
}
