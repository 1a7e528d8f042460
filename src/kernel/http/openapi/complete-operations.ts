import { STATUS_CODES } from 'node:http';
import { type Document, type Header, refTo, type Response, type Route, routesOf } from './nodes';
import { tags } from './tags';

const headers: Record<string, Header> = {
  'X-Request-Id': {
    description:
      'Names the call: yours, when you sent a sane one, else ours. Quote it when you ask for help.',
    schema: { type: 'string', minLength: 8, maxLength: 64, pattern: '^[\\w-]+$' },
  },
  Traceparent: {
    description: 'The W3C trace context that you sent.',
    schema: { type: 'string', minLength: 55, maxLength: 55, pattern: '^[0-9a-f-]+$' },
  },
  RateLimit: {
    description:
      'What is left of the budget (`r`) and the seconds until it is full again (`t`). Absent where nothing is counted: probes, machines that prove themselves, and whoever is not let in.',
    schema: { type: 'string', maxLength: 100, pattern: '^"[a-z]+";r=\\d+;t=\\d+$' },
  },
  'RateLimit-Policy': {
    description: 'The budget: calls (`q`) in a window of seconds (`w`).',
    schema: { type: 'string', maxLength: 100, pattern: '^"[a-z]+";q=\\d+;w=\\d+$' },
  },
  'Retry-After': {
    description: 'Seconds after which another try makes sense.',
    schema: { type: 'string', maxLength: 10, pattern: '^\\d+$' },
  },
  ETag: {
    description:
      'Names the bytes of the answer. Send it as `If-None-Match` to be spared them, as `If-Match` to edit this version.',
    schema: { type: 'string', maxLength: 100, pattern: '^"[^"]+"$' },
  },
  Link: {
    description: 'Address of the next page (RFC 8288), absent on the last.',
    schema: { type: 'string', maxLength: 4_096, pattern: '^<[^>]+>; rel="next"$' },
  },
  'Idempotency-Replayed': {
    description: '`true` on an answer that was given before.',
    schema: { type: 'string', maxLength: 4, pattern: '^true$' },
  },
  'Access-Control-Allow-Origin': {
    description: 'The calling page’s origin, where this installation allows it.',
    schema: { type: 'string', maxLength: 2_048, pattern: '^https?://' },
  },
};

/** Says of every operation what holds for all of their kind: its group, its headers, and the answers that any call may get. */
export function completeOperations(document: Document): void {
  document.components.headers = headers;
  for (const route of routesOf(document)) {
    const { operation } = route;
    const group = operation.operationId.split('.')[0] ?? '';
    operation.tags = [group];
    operation.security ??= [];
    operation.description = descriptionOf(route);
    addAnswers(route);
    for (const [status, response] of Object.entries(operation.responses))
      completeResponse(route, status, response);
  }
  const used = new Set(routesOf(document).flatMap(({ operation }) => operation.tags ?? []));
  document.tags = [...used].sort().map((name) => ({ name, description: tags[name] ?? '' }));
}

function descriptionOf({ operation }: Route): string {
  const { summary = '', description, security = [], 'x-repeats-safely': because } = operation;
  const schemes = security.flatMap((scheme) => Object.keys(scheme));
  const said = summary.endsWith('.') ? summary : `${summary}.`;
  operation.summary = summary.replace(/\.$/, '');
  return [
    description ?? said,
    schemes.length === 0 ? 'Open to everybody.' : `Needs \`${schemes.join('` or `')}\`.`,
    ...(because === undefined ? [] : [`May be repeated: ${because}`]),
  ].join('\n\n');
}

function addAnswers({ method, operation }: Route): void {
  const { responses, requestBody } = operation;
  responses['400'] ??= problem('`request.invalid`, with what is wrong with each field in `faults`.');
  if (requestBody) {
    responses['413'] ??= problem('`request.too-large`');
    responses['415'] ??= problem('`request.unsupported-media-type`: send JSON.');
  }
  if (method === 'get' && responses['200'] && operation.operationId.split('.')[0] !== 'health')
    responses['304'] ??= { description: 'You have it already: `If-None-Match` names its `ETag`.' };
  responses['500'] ??= problem('`internal.unexpected`: it is our fault; the request id leads us to it.');
  responses['503'] ??= problem('`internal.unavailable`: something we need is away. Try again later.');
  responses.default = problem('Any other problem.');
}

function problem(description: string): Response {
  return { description, content: { 'application/problem+json': { schema: { $ref: refTo('Problem') } } } };
}

function completeResponse({ method, operation }: Route, status: string, response: Response): void {
  const ok = status.startsWith('2');
  const names = [
    'X-Request-Id',
    'Traceparent',
    'RateLimit',
    'RateLimit-Policy',
    'Access-Control-Allow-Origin',
  ];
  if (status === '429' || status === '503') names.push('Retry-After');
  if (status === '304' || (method === 'get' && ok)) names.push('ETag');
  const isKeyed = operation.parameters?.some(({ name }) => name === 'Idempotency-Key');
  if (isKeyed && ok) names.push('Idempotency-Replayed');
  if (operation.parameters?.some(({ name }) => name === 'cursor') && ok) names.push('Link');
  response.description ||= STATUS_CODES[status] ?? 'A problem.';
  response.headers = {
    ...response.headers,
    ...Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }])),
  };
}
