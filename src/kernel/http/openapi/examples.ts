import { type Problem, titleOf } from '../problem';
import { type Document, resolve, type Response, routesOf, type Schema } from './nodes';

const ofFormat: Record<string, string> = {
  uuid: '0197f5a2-7c1e-7d3a-9a55-1f2e3d4c5b6a',
  'date-time': '2026-03-02T09:30:00.000Z',
  date: '2026-03-02',
  email: 'ada@example.com',
  uri: 'https://app.example.com/inbox',
  password: 'correct horse battery staple',
};

/** What a property of this name looks like in real life. */
const ofName: Record<string, unknown> = {
  name: 'Ada Lovelace',
  subject: 'Invoice 2026-118 is due on Friday',
  sender: 'Billing <billing@example.com>',
  headline: 'Invoice 2026-118 over 480 euros is due on Friday',
  summary: 'The supplier asks for 480 euros by Friday and offers two percent off for paying today.',
  keyPoints: ['480 euros, due on Friday', 'Two percent off today'],
  task: 'Pay invoice 2026-118',
  language: 'en',
  currency: 'eur',
  amountMinor: 900,
  credits: 100,
  confidence: 0.94,
  role: 'user',
  packageId: 'starter',
  requestId: 'req-7f3a9c21',
  userAgent: 'Mozilla/5.0',
  ipAddress: '203.0.113.7',
  timeZone: 'Europe/London',
  locale: 'en-GB',
  password: 'correct horse battery staple',
  labelId: 'Label_7',
  senders: ['@example.com'],
  lists: ['news.example.org'],
  categories: ['newsletter'],
  urgencies: ['low'],
  nextCursor: null,
  month: '2026-03',
  code: '492031',
  gmailMessageId: '18c2f0a1b2c3d4e5',
  gmailThreadId: '18c2f0a1b2c3d4e5',
  model: 'claude-haiku-4-5',
};

/**
 * Gives every body an example that its schema accepts: what a DTO states, else what the name or the format of each property
 * suggests. A problem shows the first code that its description names.
 */
export function addExamples(document: Document): void {
  for (const { operation } of routesOf(document)) {
    for (const media of Object.values(operation.requestBody?.content ?? {}))
      if (media.schema) media.example ??= exampleOf(document, media.schema);
    for (const [status, response] of Object.entries(operation.responses))
      addToResponse(document, status, response);
    for (const parameter of operation.parameters ?? [])
      if (parameter.schema && parameter.in === 'path')
        parameter.example ??= exampleOf(document, parameter.schema, parameter.name);
  }
}

function addToResponse(document: Document, status: string, response: Response): void {
  for (const [type, media] of Object.entries(response.content ?? {})) {
    if (type === 'application/problem+json') media.example ??= problemExample(status, response.description);
    else if (media.schema) media.example ??= exampleOf(document, media.schema);
  }
}

/** A value that the schema accepts. */
export function exampleOf(document: Document, given: Schema, name = '', depth = 0): unknown {
  if (given.example !== undefined) return given.example;
  const schema = resolve(document, given);
  if (schema.example !== undefined) return schema.example;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [first] = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? [];
  if (first) return exampleOf(document, first, name, depth);
  const [type] = [schema.type].flat();
  if (ofName[name] !== undefined && fits(ofName[name], schema)) return ofName[name];
  if (type === 'array')
    return depth > 6 || !schema.items ? [] : [exampleOf(document, schema.items, name, depth + 1)];
  if (type === 'object') return exampleOfObject(document, schema, depth);
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'number') return numberWithin(schema);
  return textLike(schema, name);
}

function exampleOfObject(document: Document, schema: Schema, depth: number): object {
  return Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([key, child]) => [
      key,
      exampleOf(document, child, key, depth + 1),
    ]),
  );
}

function numberWithin({ default: preset, minimum = 0, maximum = 100 }: Schema): number {
  if (typeof preset === 'number') return preset;
  return Math.min(Math.max(minimum, 12), maximum);
}

function textLike(schema: Schema, name: string): string {
  if (typeof schema.default === 'string') return schema.default;
  const known = ofFormat[schema.format ?? ''];
  if (known !== undefined) return known;
  const words = name.replace(/([A-Z])/g, ' $1').toLowerCase() || 'text';
  return words.padEnd(schema.minLength ?? 0, '.').slice(0, schema.maxLength);
}

/** The few checks that decide whether a name's example suits a schema; a test holds every example against its schema. */
function fits(
  value: unknown,
  { type, format, pattern, maxLength = Infinity, minLength = 0 }: Schema,
): boolean {
  const types = [type].flat();
  if (typeof value === 'string' && format !== undefined && format !== 'password') return false;
  if (value === null) return types.includes('null');
  if (Array.isArray(value)) return types.includes('array');
  if (typeof value === 'number') return types.includes(Number.isInteger(value) ? 'integer' : 'number');
  const text = typeof value === 'string' ? value : '';
  return (
    types.includes('string') &&
    text.length >= minLength &&
    text.length <= maxLength &&
    new RegExp(pattern ?? '').test(text)
  );
}

const codeOfStatus: Record<string, string> = {
  400: 'request.invalid',
  401: 'auth.unauthenticated',
  403: 'auth.forbidden',
  404: 'request.no-such-route',
  413: 'request.too-large',
  415: 'request.unsupported-media-type',
  429: 'request.rate-limited',
  500: 'internal.unexpected',
  503: 'internal.unavailable',
};

function problemExample(given: string, description: string): Problem {
  const status = given === 'default' ? 500 : Number(given);
  const code = /`([a-z]+\.[a-z0-9-]+)`/.exec(description)?.[1] ?? codeOfStatus[status] ?? 'request.invalid';
  return {
    type: `urn:inbrief:problem:${code}`,
    title: titleOf(status),
    status,
    detail: 'What went wrong, for a person.',
    code,
    requestId: '0197f5a2-7c1e-7d3a-9a55-1f2e3d4c5b6a',
  };
}
