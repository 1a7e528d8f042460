import {
  type Document,
  type Media,
  type Operation,
  type Parameter,
  type Response,
  routesOf,
} from '../../src/kernel/http/openapi/nodes';
import { schemaBreaks, type Side } from './schema-breaks';

/**
 * What a caller written against `old` may stumble over in `next`: what is gone, what is asked more of, and what is promised less.
 * Additions are none of it. A growing enum in an answer is: a `switch` over it has no arm for the new word.
 */
export function breakingChanges(old: Document, next: Document): string[] {
  const kept = new Map(routesOf(next).map((route) => [`${route.method} ${route.path}`, route.operation]));
  return routesOf(old).flatMap(({ method, path, operation }) => {
    const now = kept.get(`${method} ${path}`);
    const place = `${method.toUpperCase()} ${path}`;
    if (!now) return [`${place} is gone`];
    const side = (direction: Side['direction']): Side => ({ old, next, direction });
    return [
      ...nameBreaks(operation, now),
      ...securityBreaks(operation, now),
      ...parameterBreaks(operation.parameters ?? [], now.parameters ?? [], side('input')),
      ...bodyBreaks(operation, now, side('input')),
      ...answerBreaks(operation, now, side('output')),
    ].map((fault) => `${place}: ${fault}`);
  });
}

function nameBreaks(old: Operation, next: Operation): string[] {
  return old.operationId === next.operationId
    ? []
    : [`is called ${next.operationId} and was ${old.operationId}, which is its name in every SDK`];
}

/** Each way to be let in must stay one. */
function securityBreaks({ security: old = [] }: Operation, { security: next = [] }: Operation): string[] {
  const ways = (list: Record<string, string[]>[]): string[] =>
    list.length === 0 ? ['nothing'] : list.map((way) => Object.keys(way).sort().join(' and ') || 'nothing');
  const open = new Set(ways(next));
  if (open.has('nothing')) return [];
  return ways(old)
    .filter((way) => !open.has(way))
    .map((way) => `${way} does not open it any more`);
}

function parameterBreaks(old: Parameter[], next: Parameter[], side: Side): string[] {
  const keyOf = ({ name, in: where }: Parameter): string =>
    `${where} ${where === 'header' ? name.toLowerCase() : name}`;
  const before = new Map(old.map((each) => [keyOf(each), each]));
  const after = new Map(next.map((each) => [keyOf(each), each]));
  const gone = [...before.keys()].filter((key) => !after.has(key)).map((key) => `the ${key} is gone`);
  const changed = [...after].flatMap(([key, { required, schema = {} }]) => {
    const was = before.get(key);
    const asked = required && !was?.required ? [`the ${key} is required now`] : [];
    return [...asked, ...(was ? schemaBreaks(was.schema ?? {}, schema, `the ${key}`, side) : [])];
  });
  return [...gone, ...changed];
}

function bodyBreaks({ requestBody: old }: Operation, { requestBody: next }: Operation, side: Side): string[] {
  if (!old) return next?.required ? ['a body is required now'] : [];
  if (!next) return ['takes no body any more'];
  const asked = next.required && !old.required ? ['its body is required now'] : [];
  return [...asked, ...mediaBreaks(old.content, next.content, 'its body', side)];
}

/** A problem that does not happen any more is no loss; a success is. */
function answerBreaks({ responses: old }: Operation, { responses: next }: Operation, side: Side): string[] {
  return Object.entries(old).flatMap(([status, response]) => {
    const now = next[status];
    if (!now) return /^[23]/.test(status) ? [`does not answer ${status} any more`] : [];
    return [
      ...headerBreaks(response, now).map((name) => `its ${status} has no header ${name} any more`),
      ...mediaBreaks(response.content ?? {}, now.content ?? {}, `its ${status}`, side),
    ];
  });
}

function headerBreaks({ headers: old = {} }: Response, { headers: next = {} }: Response): string[] {
  const names = new Set(Object.keys(next).map((name) => name.toLowerCase()));
  return Object.keys(old).filter((name) => !names.has(name.toLowerCase()));
}

function mediaBreaks(
  old: Record<string, Media>,
  next: Record<string, Media>,
  place: string,
  side: Side,
): string[] {
  return Object.entries(old).flatMap(([type, { schema = {} }]) => {
    const now = next[type];
    return now ? schemaBreaks(schema, now.schema ?? {}, place, side) : [`${place} is no ${type} any more`];
  });
}
