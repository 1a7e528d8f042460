import { migrationUrl } from './kernel/config/migration-env';
import { migrate } from './kernel/database/migrate';
import { migrationsDirectory } from './kernel/database/migration-files';

/** `node dist/migrate.js`: brings the database up to date and exits 0, or says why not and exits 1. */
async function main(): Promise<void> {
  await migrate(migrationUrl(), migrationsDirectory, (line) => process.stdout.write(`${line}\n`));
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
