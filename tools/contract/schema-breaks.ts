import { type Document, resolve, type Schema } from '../../src/kernel/http/openapi/nodes';

/** Which way the values go. An input must take whatever it took; an output must be nothing that it never was. */
export interface Side {
  old: Document;
  next: Document;
  direction: 'input' | 'output';
}

/** The pairs that the comparison is inside of: a schema that contains itself is compared once. */
type Path = [Schema, Schema][];

/** Where `next` refuses (as an input) what `old` took, or (as an output) is what `old` never was. */
export function schemaBreaks(
  old: Schema,
  next: Schema,
  place: string,
  side: Side,
  path: Path = [],
): string[] {
  const before = resolve(side.old, old);
  const after = resolve(side.next, next);
  if (path.some(([a, b]) => a === before && b === after)) return [];
  const inside: Path = [...path, [before, after]];
  const compare = (a: Schema, b: Schema, name: string): string[] => schemaBreaks(a, b, name, side, inside);
  return [
    ...typeBreaks(before, after, side).map((fault) => `${place} ${fault}`),
    ...enumBreaks(before, after, side).map((fault) => `${place} ${fault}`),
    ...(side.direction === 'input' ? boundBreaks(before, after) : formatBreaks(before, after)).map(
      (fault) => `${place} ${fault}`,
    ),
    ...propertyBreaks(before, after, place, side, compare),
    ...(before.items && after.items ? compare(before.items, after.items, `${place}[]`) : []),
    ...variantBreaks(before, after, place, side, compare),
  ];
}

function typeBreaks(old: Schema, next: Schema, { direction }: Side): string[] {
  const before = typesOf(old);
  const after = typesOf(next);
  const [needed, offered] = direction === 'input' ? [before, after] : [after, before];
  if (offered.length === 0) return [];
  const fits = (type: string): boolean =>
    offered.includes(type) || (type === 'integer' && offered.includes('number'));
  return needed.length > 0 && needed.every(fits)
    ? []
    : [`is ${after.join(' or ') || 'anything'} and was ${before.join(' or ') || 'anything'}`];
}

const typesOf = ({ type }: Schema): string[] => (type === undefined ? [] : [type].flat());

function enumBreaks(old: Schema, next: Schema, { direction }: Side): string[] {
  const before = wordsOf(old);
  const after = wordsOf(next);
  if (direction === 'input') {
    const lost = after ? before?.filter((word) => !after.includes(word)) : [];
    return lost === undefined
      ? ['takes listed words only']
      : lost.map((word) => `takes ${String(word)} no more`);
  }
  const added = before ? after?.filter((word) => !before.includes(word)) : [];
  return added === undefined ? ['may be any word now'] : added.map((word) => `may be ${String(word)} now`);
}

const wordsOf = ({ enum: words, const: word }: Schema): unknown[] | undefined =>
  word === undefined ? words : [word];

const lowerBounds = ['minimum', 'minLength', 'minItems', 'minProperties'] as const;
const upperBounds = ['maximum', 'maxLength', 'maxItems', 'maxProperties'] as const;

function boundBreaks(old: Schema, next: Schema): string[] {
  return [
    ...lowerBounds
      .filter((bound) => (next[bound] ?? -Infinity) > (old[bound] ?? -Infinity))
      .map((bound) => `has a ${bound} of ${next[bound]}`),
    ...upperBounds
      .filter((bound) => (next[bound] ?? Infinity) < (old[bound] ?? Infinity))
      .map((bound) => `has a ${bound} of ${next[bound]}`),
    ...(['pattern', 'format'] as const)
      .filter((bound) => next[bound] !== undefined && next[bound] !== old[bound])
      .map((bound) => `has the ${bound} ${next[bound]}`),
  ];
}

function formatBreaks({ format: old }: Schema, { format: next }: Schema): string[] {
  return old === undefined || next === old ? [] : [`is no ${old} any more`];
}

function propertyBreaks(
  old: Schema,
  next: Schema,
  place: string,
  { direction }: Side,
  compare: (a: Schema, b: Schema, name: string) => string[],
): string[] {
  const { properties: before = {}, required: due = [], additionalProperties: moreBefore } = old;
  const { properties: after = {}, required: dueNow = [], additionalProperties: moreAfter } = next;
  const faults = Object.entries(before).flatMap(([name, schema]) => {
    const now = after[name];
    return now ? compare(schema, now, `${place}.${name}`) : [`${place}.${name} is gone`];
  });
  if (direction === 'input') {
    const asked = dueNow.filter((name) => !due.includes(name));
    faults.push(...asked.map((name) => `${place}.${name} is required now`));
    if (moreAfter === false && moreBefore !== false && old.properties)
      faults.push(`${place} is closed to other names now`);
  } else {
    const loose = due.filter((name) => after[name] && !dueNow.includes(name));
    faults.push(...loose.map((name) => `${place}.${name} may be absent now`));
  }
  if (typeof moreBefore === 'object' && typeof moreAfter === 'object')
    faults.push(...compare(moreBefore, moreAfter, `${place}.*`));
  return faults;
}

/** Of alternatives, each that was taken must fit one that is, and each that is answered one that was. */
function variantBreaks(
  old: Schema,
  next: Schema,
  place: string,
  { direction }: Side,
  compare: (a: Schema, b: Schema, name: string) => string[],
): string[] {
  const parts = [...(old.allOf ?? []), ...(next.allOf ?? [])];
  if (parts.length > 0 && JSON.stringify(old.allOf) !== JSON.stringify(next.allOf))
    return [`${place} is composed otherwise`];
  const before = old.anyOf ?? old.oneOf;
  const after = next.anyOf ?? next.oneOf;
  if (!before && !after) return [];
  const isInput = direction === 'input';
  const [needs, offers] = isInput ? [before ?? [old], after ?? [next]] : [after ?? [next], before ?? [old]];
  const fits = (need: Schema, offer: Schema): boolean =>
    (isInput ? compare(need, offer, place) : compare(offer, need, place)).length === 0;
  return needs
    .filter((need) => !offers.some((offer) => fits(need, offer)))
    .map((need) => `${place} ${isInput ? 'took' : 'may be'} ${need.$ref ?? JSON.stringify(need)}`);
}
