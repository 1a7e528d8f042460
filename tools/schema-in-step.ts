import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** The Prisma schema and the migrated database say different things, or Prisma rejects how it was migrated. */
export class SchemaDriftError extends Error {
  override readonly name = 'SchemaDriftError';
}

const root = join(__dirname, '..');
const prismaCli = require.resolve('prisma/build/index.js');

/**
 * Asks Prisma whether the schema folder describes the migrated database at `url`, and whether Prisma accepts the
 * migrations as applied. Throws `SchemaDriftError` holding Prisma's own words where it does not.
 */
export function ensureSchemaInStep(url: string, schemaDirectory: string): void {
  const diff = prisma(url, [
    'diff',
    '--from-config-datasource',
    `--to-schema=${schemaDirectory}`,
    '--exit-code',
  ]);
  if (diff.status === 2) {
    throw new SchemaDriftError(
      `The Prisma schema differs from what the migrations make. To get from the database to the schema:\n${diff.output}`,
    );
  }
  if (diff.status !== 0) throw new Error(`prisma migrate diff could not compare:\n${diff.output}`);
  // An engine that answers nothing would also exit with 0.
  if (!diff.output.includes('No difference detected'))
    throw new Error(`prisma migrate diff said nothing:\n${diff.output}`);
  expectAnswer(prisma(url, ['deploy']), 'deploy', 'No pending migrations to apply');
  expectAnswer(prisma(url, ['status']), 'status', 'Database schema is up to date');
}

interface Answer {
  status: number | null;
  output: string;
}

function expectAnswer(answer: Answer, command: string, expected: string): void {
  if (answer.status === 0 && answer.output.includes(expected)) return;
  throw new SchemaDriftError(
    `prisma migrate ${command} does not accept the migrations as applied:\n${answer.output}`,
  );
}

function prisma(url: string, args: string[]): Answer {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [prismaCli, 'migrate', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      DIRECT_DATABASE_URL: url,
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    },
  });
  if (error) throw error;
  return { status, output: `${stdout}${stderr}`.trim() };
}
