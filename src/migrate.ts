import { loginAccount, migrationUrl } from './kernel/config/migration-env';
import { migrate } from './kernel/database/migrate';
import { migrationsDirectory } from './kernel/database/migration-files';
import { provisionLogin } from './kernel/database/provision';

/**
 * `node dist/migrate.js`: brings the database up to date and exits 0, or says why not and exits 1. With
 * `--provision-login` it also creates the login role that DATABASE_URL names, or brings it into shape.
 */
async function main(provision: boolean): Promise<void> {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const login = provision ? loginAccount() : undefined;
  await migrate(migrationUrl(), migrationsDirectory, say);
  if (!login) return;
  await provisionLogin(migrationUrl(), login);
  say(`provisioned ${login.role}`);
}

main(process.argv.includes('--provision-login')).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
