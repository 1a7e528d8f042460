/** The URL of the application's own login role. Throws where it is not set. */
export function databaseUrl(environment: NodeJS.ProcessEnv = process.env): string {
  const url = environment.DATABASE_URL;
  if (!url) throw new Error('Set DATABASE_URL to the database to verify');
  return url;
}
