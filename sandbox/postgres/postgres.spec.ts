import { chmodSync, existsSync, lstatSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { readLockFile } from './lock-file';
import { type PostgresOptions, type RunningPostgres, startPostgres } from './postgres';

const asRoot = process.getuid?.() === 0 ? it : it.skip;
let home: string;
const running: RunningPostgres[] = [];

async function start(options: Partial<PostgresOptions> = {}): Promise<RunningPostgres> {
  const postgres = await startPostgres({ dataDir: join(home, 'data'), fast: true, ...options });
  running.push(postgres);
  return postgres;
}

async function run(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows.map((row) => Object.values(row)[0]);
  } finally {
    await client.end();
  }
}

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'inbrief-postgres-spec-'));
  chmodSync(home, 0o755);
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((postgres) => postgres.stop()));
  rmSync(home, { recursive: true, force: true });
});

describe('startPostgres', () => {
  it('serves on loopback alone, and fast gives durability up', async () => {
    const { url } = await start();
    expect(await run(url, 'SHOW listen_addresses')).toEqual(['127.0.0.1']);
    expect(await run(url, 'SHOW unix_socket_directories')).toEqual(['']);
    expect(await run(url, 'SHOW fsync')).toEqual(['off']);
    expect(await run(url, 'SHOW max_connections')).toEqual(['200']);
  });

  it('leaves no process behind when stopped, and keeps the data for the next start', async () => {
    const first = await start({ fast: false });
    expect(await run(first.url, 'SHOW fsync')).toEqual(['on']);
    await run(first.url, 'CREATE TABLE kept AS SELECT 7 AS value');
    const pid = readLockFile(first.dataDir)!.pid;
    await first.stop();
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    const second = await start();
    expect(await run(second.url, 'SELECT value FROM kept')).toEqual([7]);
  });

  // Catches: a stop where `kill` should be (nothing to recover), and a restart that initialises anew.
  it('comes back after a crash on the same port with every committed row', async () => {
    const postgres = await start({ fast: false });
    await run(postgres.url, 'CREATE TABLE kept AS SELECT 7 AS value');
    await postgres.kill();
    expect(existsSync(join(postgres.dataDir, 'postmaster.pid'))).toBe(true);
    await expect(run(postgres.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
    await postgres.restart();
    expect(await run(postgres.url, 'SELECT value FROM kept')).toEqual([7]);
  });

  it('clears a stale lock file whose pid belongs to another program by now', async () => {
    const first = await start();
    await first.stop();
    writeFileSync(
      join(first.dataDir, 'postmaster.pid'),
      `${process.pid}\n${first.dataDir}\n0\n${first.port}\n\n\n\nready\n`,
    );
    expect(await run((await start()).url, 'SELECT 1')).toEqual([1]);
  });

  it('says which process and port serve the data already', async () => {
    const first = await start();
    const { pid } = readLockFile(first.dataDir)!;
    await expect(start()).rejects.toThrow(`served by process ${pid} on port ${first.port}`);
    expect(await run(first.url, 'SELECT 1')).toEqual([1]);
  });

  it('says that the port asked for is taken', async () => {
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve));
    const { port } = squatter.address() as { port: number };
    await expect(start({ port })).rejects.toThrow(`Port ${port} is taken`);
    squatter.close();
  });

  it('deletes temporary data when stopped', async () => {
    const postgres = await start({ temporary: true });
    await postgres.stop();
    expect(existsSync(postgres.dataDir)).toBe(false);
  });

  asRoot('finds a place for the data where its own account cannot enter the folder asked for', async () => {
    chmodSync(home, 0o700);
    const postgres = await start({ temporary: true });
    expect(lstatSync(join(home, 'data')).isSymbolicLink()).toBe(true);
    expect(await run(postgres.url, 'SELECT 1')).toEqual([1]);
    await postgres.stop();
    expect(
      [postgres.dataDir, join(home, 'data')].filter((path) => lstatSync(path, { throwIfNoEntry: false })),
    ).toEqual([]);
  });
});
