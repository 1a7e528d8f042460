import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One migration as Prisma lays it out: a folder holding `migration.sql`. */
export interface MigrationFile {
  /** The folder's name; migrations are applied in the order of their names. */
  name: string;
  sql: string;
  /** SHA-256 of the file in hexadecimal, the same that Prisma records. */
  checksum: string;
}

/** The migrations folder of this package, from the sources as from `dist`. */
export const migrationsDirectory = join(__dirname, '..', '..', '..', 'prisma', 'migrations');

/** Reads all migrations in the order they apply. Throws where the directory does not exist. */
export function readMigrations(directory: string): MigrationFile[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(directory, entry.name, 'migration.sql')))
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const bytes = readFileSync(join(directory, name, 'migration.sql'));
      return {
        name,
        sql: bytes.toString('utf8'),
        checksum: createHash('sha256').update(bytes).digest('hex'),
      };
    });
}
