import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, type Operation, routesOf } from '../../../src/kernel/http/openapi/nodes';
import { type Answer, type Route, startWalk, type Walk } from '../../security/route-walk';

const document = JSON.parse(readFileSync(join(__dirname, '../../../openapi.json'), 'utf8')) as Document;
const stated = new Map(
  routesOf(document).map(({ path, method, operation }) => [`${method.toUpperCase()} ${path}`, operation]),
);
const operationOf = ({ name }: Route): Operation => {
  const operation = stated.get(name);
  if (!operation) throw new Error(`${name} is not in openapi.json: npm run openapi`);
  return operation;
};
const takes = (route: Route, parameter: string): boolean =>
  operationOf(route).parameters?.some(({ name }) => name === parameter) ?? false;

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const limits = ['ratelimit', 'ratelimit-policy'];
const common = { traceparent, 'x-request-id': 'walk-of-conventions' };

/** Lists that are whole and short by their nature. The two arrays are as callers of 0.1.0 know them. */
const wholeLists = new Set([
  ...['GET /api/gmail/connections', 'GET /api/gmail/connections/{id}/labels', 'GET /api/email/rules'],
  ...['GET /api/billing/packages', 'GET /api/webhooks', 'GET /api/admin/config', 'GET /api/admin/usage'],
  ...[
    'GET /api/admin/usage/users',
    'GET /api/admin/config/{key}/history',
    'GET /api/auth/sessions',
    'GET /api/auth/api-keys',
  ],
]);
/** Edits that need no tag: a mark that is the same however often it is made, a role that is given whole, and a setting whose body names
 * the version that it replaces. */
const untagged = new Set([
  ...['PUT /api/email/summaries/{summaryId}/read', 'PUT /api/admin/users/{id}/role'],
  'PUT /api/admin/config/{key}',
]);

/** Every route of the document, each convention: those of a route that nobody has written yet too. */
describe('every convention, on every route', () => {
  let walk: Walk;
  /** What an administrator is answered by each read, by name. */
  const reads = new Map<Route, Answer>();
  beforeAll(async () => {
    walk = await startWalk();
    await walk.sql(`update users set role = 'admin' where id = $1`, [walk.victim]);
    for (const route of walk.routes.filter(({ method }) => method === 'get'))
      reads.set(route, await ask(route));
  });
  afterAll(() => walk.close());

  const tokenFor = ({ row }: Route): string | undefined =>
    row?.level === 'service'
      ? walk.tokens.service
      : row?.level === 'user' || row?.level === 'admin'
        ? walk.tokens.victim
        : undefined;
  /** What a read cannot do without. */
  const required: Record<string, Record<string, string>> = {
    'GET /api/admin/usage': { from: '2026-11-01', to: '2026-11-30' },
    'GET /api/admin/usage/users': { from: '2026-11-01', to: '2026-11-30' },
    'GET /api/email/digest': { day: '2026-11-20' },
  };
  const ask = (route: Route, headers: Record<string, string> = {}, query: Record<string, string> = {}) =>
    walk.call(route, tokenFor(route), undefined, {
      headers: { ...common, ...headers },
      query: { ...required[route.name], ...query },
    });
  const answered = (): [Route, Answer][] => [...reads].filter(([, { status }]) => status === 200);
  const json = ({ text }: Answer): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;
  const isJson = ({ headers }: Answer): boolean =>
    String(headers['content-type']).includes('application/json');

  it('has nearly every read answer, so that there is something to hold to account', () => {
    const silent = [...reads].filter(([, { status }]) => status !== 200);
    // These need what only Google, a mail or a real mailbox hands out; a stream would not end.
    expect(silent.map(([{ name }]) => name).sort()).toEqual([
      'GET /api/email/digest/unsubscribe',
      'GET /api/gmail/callback',
      'GET /api/gmail/connections/{id}/labels',
      'GET /api/jobs/stream',
    ]);
  });

  // Mutants: a filter that answers in its own way; a hook that a 401 does not pass.
  it('brings request id, trace and rate limit along, whatever is answered, and every refusal is a problem', async () => {
    const faults: object[] = [];
    for (const route of walk.routes) {
      const refused = await walk.call(route, 'no-token', undefined, { headers: common });
      for (const { status, headers, text } of [refused, ...[reads.get(route) ?? []].flat()]) {
        // Calls are counted behind the door.
        const isCounted = status !== 401 && !operationOf(route)['x-uncounted'];
        const missing = isCounted ? limits.filter((name) => !headers[name]) : [];
        const lost = Object.entries(common).filter(([name, value]) => headers[name] !== value);
        if (missing.length + lost.length > 0) faults.push({ route: route.name, status, missing, lost });
        if (status < 400) continue;
        const problem = String(headers['content-type']).startsWith('application/problem+json')
          ? (JSON.parse(text) as Record<string, unknown>)
          : {};
        const { code, requestId } = problem;
        if (
          !/^[a-z-]+\.[a-z0-9-]+$/.test(String(code)) ||
          problem.status !== status ||
          requestId !== common['x-request-id']
        )
          faults.push({ route: route.name, status, text: text.slice(0, 200) });
      }
    }
    expect(faults).toEqual([]);
  });

  it('counts every call but those of probes and of machines that prove themselves', () => {
    const uncounted = walk.routes
      .filter((route) => operationOf(route)['x-uncounted'])
      .map(({ name }) => name);
    expect(uncounted.sort()).toEqual([
      ...['GET /health/live', 'GET /health/ready', 'GET /health/startup'],
      ...['POST /api/billing/webhook', 'POST /api/gmail/push'],
    ]);
  });

  // Mutant: a controller that writes its own reply, past the interceptor.
  it('gives every read a tag, and spares who has it the body', async () => {
    const faults: object[] = [];
    for (const [route, first] of answered()) {
      // Ages in seconds: another answer each time.
      if (!operationOf(route).responses['304'] || route.name === 'GET /api/admin/health') continue;
      const again = await ask(route, { 'if-none-match': String(first.headers.etag) });
      if (!/^(W\/)?"[^"]+"$/.test(String(first.headers.etag)) || again.status !== 304 || again.text !== '')
        faults.push({ route: route.name, etag: first.headers.etag, status: again.status });
    }
    expect(faults).toEqual([]);
    const without = walk.routes.filter(
      ({ method, path, ...route }) =>
        method === 'get' && !path.startsWith('/health/') && !stated.get(route.name)?.responses['304'],
    );
    expect(without.map(({ name }) => name)).toEqual([]);
  });

  it('lets every edit say which version it means', () => {
    const edits = walk.routes.filter(({ method, name }) => /put|patch/.test(method) && !untagged.has(name));
    expect(edits.length).toBeGreaterThan(4);
    const silent = edits.filter((route) => !takes(route, 'If-Match') || !operationOf(route).responses['412']);
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  // Mutants: a cursor that is base64 and no more; one key for all lists.
  it('pages every list by an opaque cursor of its own, with its Link, or shows it whole', async () => {
    const lists = answered().filter(([, answer]) => {
      if (!isJson(answer)) return false;
      const body: unknown = JSON.parse(answer.text);
      return Array.isArray(body) || Array.isArray((body as { data?: unknown }).data);
    });
    const paged = lists.filter(([{ name }]) => !wholeLists.has(name));
    expect(paged.length).toBeGreaterThan(10);
    const cursors: string[] = [];
    for (const [route] of paged) {
      const one = await ask(route, {}, { limit: '1' });
      const { data, nextCursor } = json(one) as { data: object[]; nextCursor: string | null };
      expect({ route: route.name, rows: data.length <= 1 }).toEqual({ route: route.name, rows: true });
      expect({ route: route.name, hasLink: 'link' in one.headers }).toEqual({
        route: route.name,
        hasLink: nextCursor !== null,
      });
      const forged = ['x', Buffer.from('["1"]').toString('base64url'), ...cursors];
      for (const cursor of forged) {
        const { status, code } = await ask(route, {}, { cursor });
        expect({ route: route.name, cursor, status, code }).toEqual({
          route: route.name,
          cursor,
          status: 400,
          code: 'request.bad-cursor',
        });
      }
      if (nextCursor === null) continue;
      cursors.push(nextCursor);
      expect((await ask(route, {}, { cursor: nextCursor })).status).toBe(200);
      const bent = `${nextCursor.slice(0, -2)}${nextCursor.endsWith('A') ? 'BB' : 'AA'}`;
      expect((await ask(route, {}, { cursor: bent })).status).toBe(400);
    }
    expect(cursors.length).toBeGreaterThan(2);
  });

  // Mutants: `toString()` of a date; a price as a number of euros.
  it('tells times in ISO 8601 UTC, and money in whole minor units beside their currency', () => {
    const faults: object[] = [];
    let times = 0;
    const visit = (route: string, value: unknown): void => {
      if (Array.isArray(value)) for (const item of value) visit(route, item);
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
      for (const [key, child] of Object.entries(value)) {
        visit(route, child);
        const isTime = /(?:At|Until|Since)$/.test(key) || /^\d{4}-\d\d-\d\d[T ]\d\d/.test(String(child));
        if (isTime && child !== null) {
          times += 1;
          if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(String(child)))
            faults.push({ route, key, child });
        }
        if (key.endsWith('Minor') && child !== null) {
          const { currency } = value as { currency?: unknown };
          if (!Number.isInteger(child) || !/^[a-z]{3}$/.test(String(currency)))
            faults.push({ route, key, child });
        }
      }
    };
    for (const [{ name }, answer] of answered()) if (isJson(answer)) visit(name, json(answer));
    expect(faults).toEqual([]);
    expect(times).toBeGreaterThan(30);
  });

  it('states the same in the document', () => {
    const faults: string[] = [];
    for (const [name, { properties = {} }] of Object.entries(document.components.schemas))
      for (const [key, schema] of Object.entries(properties)) {
        if (/(?:At|Until|Since)$/.test(key) && schema.type !== undefined && schema.format !== 'date-time')
          faults.push(`${name}.${key} is no date-time`);
        if (key.endsWith('Minor') && (!String(schema.type).startsWith('integer') || !properties.currency))
          faults.push(`${name}.${key} is no money`);
      }
    expect(faults).toEqual([]);
  });

  // Mutants: `@Idempotent()` left off a handler whose document speaks of the key; a replay without its mark.
  it('makes one thing for one Idempotency-Key, says so, and takes no other body under it', async () => {
    const keyed = walk.routes.filter((route) => takes(route, 'Idempotency-Key'));
    const faults: object[] = [];
    let replayed = 0;
    for (const route of keyed) {
      const { requestBody } = operationOf(route);
      const example = Object.values(requestBody?.content ?? {})[0]?.example as object | undefined;
      const body = route.row?.body?.(walk.ids) ?? example;
      const call = (key: string, changed: object = {}) =>
        walk.call(route, tokenFor(route), body && { ...body, ...changed }, {
          headers: { 'idempotency-key': key },
        });
      const bad = await call('with space');
      if (bad.code !== 'request.idempotency-key') faults.push({ route: route.name, bad: bad.code });
      const first = await call('walk');
      if (first.status >= 300) continue;
      replayed += 1;
      const again = await call('walk');
      if (
        again.text !== first.text ||
        again.status !== first.status ||
        again.headers['idempotency-replayed'] !== 'true'
      )
        faults.push({ route: route.name, status: again.status, text: again.text.slice(0, 200) });
      if (!body) continue;
      const other = await call('walk', { another: true });
      if (other.status !== 422 || !other.code?.endsWith('idempotency-key-reused'))
        faults.push({ route: route.name, status: other.status, code: other.code });
    }
    expect(faults).toEqual([]);
    expect(keyed.length).toBeGreaterThan(10);
    expect(replayed).toBeGreaterThan(6);
  });
});
