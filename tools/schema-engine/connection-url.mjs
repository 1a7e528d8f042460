/** Parameters that Prisma understands in a URL and the pg driver does not. */
const prismaOnly = ['schema', 'connection_limit', 'pool_timeout', 'pgbouncer', 'connect_timeout'];

/** Splits a Prisma URL into what the driver takes, the schema (if named) and the database's name. */
export function readConnectionUrl(text) {
  const url = new URL(text);
  const schema = url.searchParams.get('schema') ?? undefined;
  for (const name of prismaOnly) url.searchParams.delete(name);
  return { url: url.toString(), schema, database: decodeURIComponent(url.pathname.slice(1)) || 'postgres' };
}

/** The same server, another database. */
export function withDatabase(text, database) {
  const url = new URL(text);
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.toString();
}
