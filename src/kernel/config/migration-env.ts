/**
 * The URL migrations run on: the direct one where the application's own goes through a transaction-mode pooler, which
 * would break their session lock. Throws where neither is set.
 */
export function migrationUrl(environment: NodeJS.ProcessEnv = process.env): string {
  const url = environment.DIRECT_DATABASE_URL ?? environment.DATABASE_URL;
  if (!url) throw new Error('Set DIRECT_DATABASE_URL (or DATABASE_URL) to the database to migrate');
  return url;
}
