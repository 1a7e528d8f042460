import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Table from 'cli-table3';
import { Client } from 'pg';
import { differences, digestsOf, faultsOf, type TableDigest } from './digest';

const run = promisify(execFile);
const scratch = `inbrief_drill_${Date.now()}`;

/**
 * `npm run db:drill`: backs the database at DIRECT_DATABASE_URL up with pg_dump, restores it into a scratch database on the
 * server at DRILL_DATABASE_URL (by default the same one), and proves that what came back is what was there: every row of every
 * table, 0 ledger violations, row-level security forced. Prints a table with the times; exits 1 if anything differs. The
 * source is only read. Both accounts must bypass row-level security, as a superuser and Supabase's `postgres` do.
 */
async function main(env: NodeJS.ProcessEnv): Promise<number> {
  const sourceUrl = env.DIRECT_DATABASE_URL;
  if (!sourceUrl) throw new Error('Set DIRECT_DATABASE_URL to the database to back up');
  const server = env.DRILL_DATABASE_URL ?? sourceUrl;
  const directory = mkdtempSync(join(tmpdir(), 'inbrief-drill-'));
  const file = join(directory, 'backup.dump');
  const source = await connected(sourceUrl);
  try {
    await assertSeesEverything(source);
    // The dump and the digests read the same snapshot, so that the application may go on meanwhile.
    await source.query('begin isolation level repeatable read read only');
    const { rows } = await source.query<{ id: string }>('select pg_export_snapshot() as id');
    const backup = await timed(() => dump(sourceUrl, file, rows[0]?.id ?? ''));
    const before = await digestsOf(source);
    await source.query('commit');
    const { restore, after, faults } = await inScratch(server, async (scratchUrl) => {
      const restoreMs = await timed(() => restoreInto(scratchUrl, file));
      const client = await connected(scratchUrl);
      try {
        return { restore: restoreMs, after: await digestsOf(client), faults: await faultsOf(client) };
      } finally {
        await client.end();
      }
    });
    return report({ backup, restore, bytes: statSync(file).size, before, after, faults });
  } finally {
    await source.end();
    rmSync(directory, { recursive: true, force: true });
  }
}

interface Outcome {
  backup: number;
  restore: number;
  bytes: number;
  before: TableDigest[];
  after: TableDigest[];
  faults: string[];
}

function report({ backup, restore, bytes, before, after, faults }: Outcome): number {
  const differing = differences(before, after);
  const rows = before.reduce((sum, digest) => sum + Number(digest.rows), 0);
  const table = new Table({ style: { head: [] } });
  table.push(
    ['backup', `${seconds(backup)}, ${(bytes / 1_048_576).toFixed(1)} MB`],
    ['restore', seconds(restore)],
    ['tables, rows', `${before.length}, ${rows}`],
    ['tables that differ', differing.join(', ') || 'none'],
    ['faults', faults.length === 0 ? 'none: 0 ledger violations, row-level security forced' : faults.length],
  );
  process.stdout.write(`${table.toString()}\n`);
  for (const fault of faults) process.stdout.write(`${fault}\n`);
  return differing.length + faults.length === 0 ? 0 : 1;
}

function dump(url: string, file: string, snapshot: string): Promise<unknown> {
  // BullMQ's own schema carries wake-ups alone and is laid anew by `db:migrate -- --provision-login`.
  return run('pg_dump', [
    '--format=custom',
    '--exclude-schema=bullmq',
    `--snapshot=${snapshot}`,
    `--file=${file}`,
    url,
  ]);
}

function restoreInto(url: string, file: string): Promise<unknown> {
  return run('pg_restore', ['--exit-on-error', '--single-transaction', `--dbname=${url}`, file]);
}

/** Runs `work` on a new database of the server, which is gone afterwards. */
async function inScratch<T>(server: string, work: (url: string) => Promise<T>): Promise<T> {
  const admin = await connected(server);
  try {
    await admin.query(`create database ${scratch} template template0`);
    const url = new URL(server);
    url.pathname = `/${scratch}`;
    return await work(url.toString());
  } finally {
    await admin.query(`drop database if exists ${scratch} with (force)`);
    await admin.end();
  }
}

async function connected(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString, application_name: 'inbrief-drill' });
  await client.connect();
  return client;
}

/** A role that row-level security binds would back up nothing and call it a success. */
async function assertSeesEverything(client: Client): Promise<void> {
  const { rows } = await client.query<{ free: boolean }>(
    'select rolsuper or rolbypassrls as free from pg_roles where rolname = current_user',
  );
  if (!rows[0]?.free) throw new Error('The account of DIRECT_DATABASE_URL is bound by row-level security');
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = Date.now();
  await work();
  return Date.now() - began;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

main(process.env).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
