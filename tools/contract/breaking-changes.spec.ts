import type { Document, Operation, Schema } from '../../src/kernel/http/openapi/nodes';
import { breakingChanges } from './breaking-changes';
import { unexcused } from './releases';

const json = (schema: Schema) => ({ 'application/json': { schema } });

/** A small API: an order is placed, and read with the orders after it. */
function shop() {
  const place: Operation = {
    operationId: 'orders.place',
    security: [{ user: [] }, { key: [] }],
    parameters: [{ name: 'Idempotency-Key', in: 'header', schema: { type: 'string', maxLength: 255 } }],
    requestBody: { content: json({ $ref: '#/components/schemas/NewOrder' }) },
    responses: {
      201: { description: '', headers: { ETag: {} }, content: json({ $ref: '#/components/schemas/Order' }) },
      409: { description: '' },
    },
  };
  const newOrder: Schema = {
    type: 'object',
    required: ['size'],
    additionalProperties: false,
    properties: {
      size: { type: 'string', enum: ['large', 'small'] },
      count: { type: 'integer', minimum: 1, maximum: 10 },
      note: { type: 'string', maxLength: 100 },
    },
  };
  const order: Schema = {
    type: 'object',
    required: ['id', 'state', 'next'],
    properties: {
      id: { type: 'string', format: 'uuid' },
      state: { type: 'string', enum: ['open', 'paid'] },
      next: { anyOf: [{ $ref: '#/components/schemas/Order' }, { type: 'null' }] },
    },
  };
  const document = {
    openapi: '3.1.0',
    info: { title: 'Shop', version: '1' },
    paths: { '/orders': { post: place, get: { operationId: 'orders.list', responses: {} } } },
    components: { schemas: { NewOrder: newOrder, Order: order } },
  } as Document;
  return { document, place, newOrder, order, ask: newOrder.properties ?? {}, tell: order.properties ?? {} };
}

type Shop = ReturnType<typeof shop>;
function changesAfter(change: (next: Shop) => void): string[] {
  const next = shop();
  change(next);
  return breakingChanges(shop().document, next.document);
}
const set = (record: Record<string, unknown>, key: string, value: unknown): void =>
  void (record[key] = value);
const drop = (record: object, key: string): void => void Reflect.deleteProperty(record, key);

describe('breakingChanges', () => {
  const planted: [string, (next: Shop) => void, string][] = [
    ['a path that is gone', ({ document }) => drop(document.paths, '/orders'), 'POST /orders is gone'],
    [
      'an operation that is gone',
      ({ document }) => drop(document.paths['/orders'] ?? {}, 'get'),
      'GET /orders is gone',
    ],
    ['another name', ({ place }) => (place.operationId = 'orders.create'), 'is called orders.create'],
    [
      'a credential that opens no more',
      ({ place }) => (place.security = [{ user: [] }]),
      'key does not open it',
    ],
    [
      'credentials where none were needed',
      ({ document }) => set(document.paths['/orders']?.get as never, 'security', [{ user: [] }]),
      'nothing does not open it',
    ],
    [
      'a parameter that is gone',
      ({ place }) => (place.parameters = []),
      'the header idempotency-key is gone',
    ],
    [
      'a new parameter that must be given',
      ({ place }) => place.parameters?.push({ name: 'shop', in: 'query', required: true }),
      'the query shop is required now',
    ],
    [
      'a parameter that must be given now',
      ({ place }) => set(place.parameters?.[0] as never, 'required', true),
      'the header idempotency-key is required now',
    ],
    [
      'a closer bound on a parameter',
      ({ place }) => set(place.parameters?.[0]?.schema as never, 'maxLength', 64),
      'has a maxLength of 64',
    ],
    ['no body any more', ({ place }) => drop(place, 'requestBody'), 'takes no body any more'],
    [
      'a body that must be given',
      ({ place }) => set(place.requestBody as never, 'required', true),
      'its body is required',
    ],
    [
      'another media type asked for',
      ({ place }) => set(place.requestBody as never, 'content', { 'text/xml': {} }),
      'its body is no application/json',
    ],
    [
      'a new property that must be given',
      ({ newOrder }) => newOrder.required?.push('note'),
      '.note is required now',
    ],
    ['an input property that is gone', ({ ask }) => drop(ask, 'note'), '.note is gone'],
    [
      'a word that is taken no more',
      ({ ask }) => set(ask.size as never, 'enum', ['large']),
      'takes small no more',
    ],
    [
      'words where any text was taken',
      ({ ask }) => set(ask.note as never, 'enum', ['fragile']),
      'takes listed words only',
    ],
    ['a higher minimum', ({ ask }) => set(ask.count as never, 'minimum', 2), 'has a minimum of 2'],
    ['a lower maximum', ({ ask }) => set(ask.count as never, 'maximum', 9), 'has a maximum of 9'],
    ['a pattern', ({ ask }) => set(ask.note as never, 'pattern', '^a'), 'has the pattern ^a'],
    [
      'another type taken',
      ({ ask }) => set(ask.count as never, 'type', 'string'),
      'is string and was integer',
    ],
    ['a success that is gone', ({ place }) => drop(place.responses, '201'), 'does not answer 201'],
    [
      'a header that is gone',
      ({ place }) => drop(place.responses['201'] ?? {}, 'headers'),
      'has no header ETag',
    ],
    [
      'another media type answered',
      ({ place }) => set(place.responses['201'] as never, 'content', { 'text/xml': {} }),
      'its 201 is no application/json',
    ],
    ['an answered property that is gone', ({ tell }) => drop(tell, 'state'), 'its 201.state is gone'],
    [
      'an answered property that may be absent',
      ({ order }) => (order.required = ['id', 'next']),
      'its 201.state may be absent now',
    ],
    [
      'null where none was',
      ({ tell }) => set(tell.id as never, 'type', ['string', 'null']),
      'is string or null and was',
    ],
    ['another format', ({ tell }) => drop(tell.id as object, 'format'), 'its 201.id is no uuid any more'],
    [
      'a new word in an answer',
      ({ tell }) => set(tell.state as never, 'enum', ['late', 'open', 'paid']),
      'may be late',
    ],
    ['any word in an answer', ({ tell }) => drop(tell.state as object, 'enum'), 'may be any word now'],
    [
      'another alternative',
      ({ tell }) => set(tell, 'next', { anyOf: [{ type: 'integer' }, { type: 'null' }] }),
      'its 201.next may be {"type":"integer"}',
    ],
  ];

  // Each row is a mutant of the API; a comparer that misses one fails here.
  it.each(planted)('finds %s', (_, change, expected) => {
    const found = changesAfter(change);
    expect(found.join('\n')).toContain(expected);
  });

  const additions: [string, (next: Shop) => void][] = [
    ['nothing', () => undefined],
    [
      'a new operation',
      ({ document }) => set(document.paths, '/carts', { get: { operationId: 'x', responses: {} } }),
    ],
    ['a parameter that may be left out', ({ place }) => place.parameters?.push({ name: 'q', in: 'query' })],
    ['a property that may be left out', ({ ask }) => set(ask, 'gift', { type: 'boolean' })],
    ['an input that need not be given any more', ({ newOrder }) => (newOrder.required = [])],
    ['one more word taken', ({ ask }) => set(ask.size as never, 'enum', ['huge', 'large', 'small'])],
    ['wider bounds', ({ ask }) => Object.assign(ask.count ?? {}, { minimum: 0, maximum: 99 })],
    ['a decimal where whole numbers were taken', ({ ask }) => set(ask.count as never, 'type', 'number')],
    ['null taken too', ({ ask }) => set(ask.note as never, 'type', ['string', 'null'])],
    ['one more answered property', ({ tell }) => set(tell, 'total', { type: 'integer' })],
    ['one word less in an answer', ({ tell }) => set(tell.state as never, 'enum', ['paid'])],
    ['one more way in', ({ place }) => place.security?.push({ machine: [] })],
    ['a problem that happens no more', ({ place }) => drop(place.responses, '409')],
  ];

  it.each(additions)('takes no offence at %s', (_, change) => {
    expect(changesAfter(change)).toEqual([]);
  });
});

describe('unexcused', () => {
  it('forgets an acceptance that nothing needs', () => {
    expect(unexcused(['a', 'b'], { a: 'nobody called it' })).toEqual(['b']);
    expect(unexcused([], { a: 'nobody called it' })).toEqual(['accepted, and not so: a']);
  });
});
