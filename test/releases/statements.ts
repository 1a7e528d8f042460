import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SentStatement } from '../support/statement-log';

export const releasesDirectory = join(__dirname, '..', '..', 'prisma', 'releases');

/** Statements that change with the length of a list are one statement. */
function shapeOf({ role, sql }: SentStatement): string {
  return `${role} ${sql.replace(/\(\s*\$\d+(?:\s*,\s*\$\d+)*\s*\)/g, '($…)').replace(/(?:\(\$…\)\s*,?\s*)+/g, '($…)')}`;
}

/** One statement of each shape, in a stable order; only those that Postgres plans. */
export function distinct(statements: SentStatement[]): SentStatement[] {
  const planned = statements.filter(({ sql }) => /^\s*(select|insert|update|delete|with|merge)\b/i.test(sql));
  const byShape = new Map(planned.map((statement) => [shapeOf(statement), statement]));
  return [...byShape].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, statement]) => statement);
}

/** What each recorded release sent, by its version. */
export function recordedReleases(): { version: string; statements: SentStatement[] }[] {
  return readdirSync(releasesDirectory)
    .filter((file) => file.endsWith('.json'))
    .map((file) => ({
      version: file.slice(0, -'.json'.length),
      statements: JSON.parse(readFileSync(join(releasesDirectory, file), 'utf8')) as SentStatement[],
    }));
}
