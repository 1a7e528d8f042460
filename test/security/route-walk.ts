import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { AccessTokens } from '../../src/auth/access/access-tokens';
import { apiScopes } from '../../src/auth/domain/api-scope';
import { createOpaqueToken } from '../../src/kernel/crypto/opaque-token';
import { createOpenApiDocument } from '../../src/kernel/http/openapi/openapi-document';
import { seededTables, seedTenant } from '../architecture/rls-seeds';
import { startTestApp, type TestApp } from '../support/app';
import { type Ids, type RouteRow, routeRows } from './route-rows';

const verbs = ['get', 'put', 'post', 'patch', 'delete'] as const;

/** One verb of one path, and what is known of it. */
export interface Route {
  readonly name: string;
  readonly method: (typeof verbs)[number];
  readonly path: string;
  readonly row: RouteRow | undefined;
  /** Properties that its body may have; undefined where it takes none. */
  readonly properties: readonly string[] | undefined;
  /** Names of the security schemes that the document states. */
  readonly security: readonly string[];
}

export interface Answer {
  status: number;
  headers: Readonly<Record<string, unknown>>;
  text: string;
  code: string | undefined;
}

/** What a call brings besides what its row says. */
export interface Extra {
  headers?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string>>;
}

/** The whole product with a victim who has a row in every table, a stranger, and keys of every kind. */
export interface Walk extends TestApp {
  routes: Route[];
  /** The victim's ids by table. */
  ids: Ids;
  victim: string;
  tokens: { victim: string; stranger: string; noKey: string; service: string; otherService: string };
  /** An API key of the victim with these scopes. */
  apiKey(scopes: readonly string[]): Promise<string>;
  call(route: Route, token?: string, body?: object, extra?: Extra): Promise<Answer>;
  /** A fingerprint of everything that is stored of anybody, but for counters of calls and last uses. */
  state(): Promise<string>;
}

export async function startWalk(): Promise<Walk> {
  const [service, otherService] = [createOpaqueToken('ibs_'), createOpaqueToken('ibs_')];
  const entry = (name: string, scope: string, hash: Buffer) => `${name}:${scope}:${hash.toString('hex')}`;
  const product = await startTestApp({
    worker: false,
    env: {
      SERVICE_KEYS: [entry('a', 'audit', service.hash), entry('m', 'metrics', otherService.hash)].join(','),
    },
  });
  const owner = new Client({ connectionString: product.ownerUrl });
  await owner.connect();
  const [victim, stranger] = [await seedTenant(owner), await seedTenant(owner)];
  await owner.end();
  const ids: Record<string, string> = {};
  for (const { table, tenantColumn } of seededTables) {
    const [row] = await product.sql<{ row: Record<string, string> }>(
      `select to_jsonb(t) as row from ${table} t where ${tenantColumn} = $1 limit 1`,
      [victim],
    );
    if (row?.row.id) ids[table] = row.row.id;
  }
  const tokenOf = async (userId: string) => {
    const [session] = await product.sql<{ id: string }>('select id from user_sessions where user_id = $1', [
      userId,
    ]);
    return product.app.get(AccessTokens, { strict: false }).sign(userId, session?.id ?? '');
  };
  const tables = await product.sql<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE'
       and table_name not in ('guess_counters', 'gmail_oauth_states', '_prisma_migrations') order by 1`,
  );
  const fingerprint = tables
    .map(
      ({ name }) =>
        `select '${name}' as n, coalesce(string_agg(md5((to_jsonb(t) - '{last_used_at}'::text[])::text), ',' order by md5((to_jsonb(t) - '{last_used_at}'::text[])::text)), '') as d from "${name}" t`,
    )
    .join(' union all ');
  return {
    ...product,
    routes: routesOf(product),
    ids,
    victim,
    tokens: {
      victim: await tokenOf(victim),
      stranger: await tokenOf(stranger),
      noKey: `ibk_${'a'.repeat(43)}`,
      service: service.token,
      otherService: otherService.token,
    },
    apiKey: async (scopes) => {
      const { token, hash } = createOpaqueToken('ibk_');
      await product.sql(
        `insert into api_keys (id, user_id, name, prefix, key_hash, scopes) values (gen_random_uuid(), $1, 'walk', 'ibk_walk', $2, $3)`,
        [victim, hash, scopes],
      );
      return token;
    },
    call: (route, token, body, extra) => call(product, route, ids, token, body, extra),
    state: async () => {
      const [row] = await product.sql<{ state: string }>(
        `select md5(string_agg(n || d, ';' order by n)) as state from (${fingerprint}) s`,
      );
      return row?.state ?? '';
    },
  };
}

async function call(
  { app }: TestApp,
  { method, path, row }: Route,
  ids: Ids,
  token?: string,
  body: object | undefined = row?.body?.(ids),
  extra: Extra = {},
): Promise<Answer> {
  const url = path.replace(/\{(\w+)\}/g, (_match, name: string) => idFor(row?.path?.[name], ids, path));
  const answer = await app.inject({
    method: method.toUpperCase() as 'GET',
    url,
    query: { ...row?.query?.(ids), ...extra.query },
    headers: {
      ...row?.headers,
      ...extra.headers,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(body && { payload: body }),
  });
  const isProblem = String(answer.headers['content-type']).startsWith('application/problem+json');
  return {
    status: answer.statusCode,
    headers: answer.headers,
    text: answer.body,
    code: isProblem ? answer.json<{ code: string }>().code : undefined,
  };
}

function idFor(table: string | undefined, ids: Ids, path: string): string {
  const id = table?.startsWith("'") ? table.slice(1, -1) : ids[table ?? ''];
  if (id === undefined)
    throw new Error(`The row of ${path} names no table with a seeded id for each of its ids`);
  return id;
}

function routesOf({ app }: TestApp): Route[] {
  const live = createOpenApiDocument(app, 'http://localhost:3000');
  return Object.entries(live.paths).flatMap(([path, item]) =>
    verbs.flatMap((method): Route[] => {
      const operation = item[method];
      if (!operation) return [];
      const name = `${method.toUpperCase()} ${path}`;
      const security = (operation.security ?? []).flatMap((scheme) => Object.keys(scheme));
      return [
        {
          name,
          method,
          path,
          row: routeRows[name],
          security,
          properties: bodyProperties(path, method, live),
        },
      ];
    }),
  );
}

type Document = Pick<ReturnType<typeof createOpenApiDocument>, 'paths' | 'components'>;

/** The committed document also knows the properties that only the compiler sees. */
const committed = JSON.parse(readFileSync(join(__dirname, '..', '..', 'openapi.json'), 'utf8')) as Document;

function bodyProperties(path: string, method: Route['method'], live: Document): string[] | undefined {
  const known = [live, committed].map(({ paths, components }) => {
    const body = paths[path]?.[method]?.requestBody;
    const schema = body && 'content' in body ? body.content['application/json']?.schema : undefined;
    if (!schema) return undefined;
    const found = '$ref' in schema ? components?.schemas?.[schema.$ref.split('/').at(-1) ?? ''] : schema;
    return Object.keys((found && 'properties' in found ? found.properties : undefined) ?? {});
  });
  return known.some(Boolean) ? [...new Set(known.flatMap((names) => names ?? []))] : undefined;
}

/** Every scope there is but the one that this route needs. */
export function scopesWithout({ method, path }: Route): string[] {
  const resource = /^\/api\/([^/]+)/.exec(path)?.[1];
  const needed = `${resource}:${method === 'get' ? 'read' : 'write'}`;
  return apiScopes.filter((scope) => scope !== needed);
}
