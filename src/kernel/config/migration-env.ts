/**
 * The URL migrations run on: the direct one where the application's own goes through a transaction-mode pooler, which
 * would break their session lock. Throws where neither is set.
 */
export function migrationUrl(environment: NodeJS.ProcessEnv = process.env): string {
  const url = environment.DIRECT_DATABASE_URL ?? environment.DATABASE_URL;
  if (!url) throw new Error('Set DIRECT_DATABASE_URL (or DATABASE_URL) to the database to migrate');
  return url;
}

/**
 * The login role and password that DATABASE_URL names. Throws where it names none, or names the role that migrates: the
 * application must not own what its policies protect.
 */
export function loginAccount(environment: NodeJS.ProcessEnv = process.env): {
  role: string;
  password: string;
} {
  const { username, password } = new URL(environment.DATABASE_URL ?? 'none:');
  if (!username || !password)
    throw new Error('DATABASE_URL must name the login role and its password to create it');
  if (username === new URL(migrationUrl(environment)).username)
    throw new Error('DATABASE_URL must name another role than the one that migrates');
  return { role: decodeURIComponent(username), password: decodeURIComponent(password) };
}
