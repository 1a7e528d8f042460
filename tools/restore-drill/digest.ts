import type { Client } from 'pg';

/** A table's rows as two numbers: how many there are, and the sum of their hashes, whatever their order. */
export interface TableDigest {
  table: string;
  rows: string;
  hash: string;
}

/** Digests of every table of ours as the connection's snapshot sees them, in the order of their names. */
export async function digestsOf(client: Client): Promise<TableDigest[]> {
  const { rows: tables } = await client.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public' order by tablename`,
  );
  const digests: TableDigest[] = [];
  for (const { name } of tables) {
    const { rows } = await client.query<{ rows: string; hash: string }>(
      `select count(*)::text as rows, coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text as hash from ${name} t`,
    );
    digests.push({ table: name, rows: rows[0]?.rows ?? '', hash: rows[0]?.hash ?? '' });
  }
  return digests;
}

/** Tables whose rows are not the same on both sides, or that one side alone has. */
export function differences(source: TableDigest[], restored: TableDigest[]): string[] {
  const found = new Map(restored.map((digest) => [digest.table, digest]));
  const missing = source.filter(({ table, rows, hash }) => {
    const other = found.get(table);
    return other?.rows !== rows || other.hash !== hash;
  });
  const known = new Set(source.map(({ table }) => table));
  const added = restored.filter(({ table }) => !known.has(table));
  return [...missing, ...added].map(({ table }) => table);
}

/** What makes the restored database unfit to serve, beside its rows: broken invariants and open tables. */
export async function faultsOf(client: Client): Promise<string[]> {
  const { rows: violations } = await client.query<{ invariant: string; subject: string; detail: string }>(
    'select invariant, subject, detail from ledger_violations',
  );
  const { rows: open } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'user_id'
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and not (c.relrowsecurity and c.relforcerowsecurity)`,
  );
  return [
    ...violations.map(({ invariant, subject, detail }) => `${invariant} ${subject}: ${detail}`),
    ...open.map(({ name }) => `${name} has no forced row-level security`),
  ];
}
