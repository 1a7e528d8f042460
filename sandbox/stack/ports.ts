import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';

/** Below the ports that systems give to whoever asks for any, outgoing connections included: nobody gets one before it is listened on. */
const [lowest, highest] = [20_000, 32_000];
const given = new Set<number>();

/** A port that is free now; the same one is never given twice. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(lowest, highest);
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const listens = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
  if (listens) await new Promise((resolve) => server.close(resolve));
  return listens;
}

/** @throws Error that names the process holding the port, where the system tells. */
export async function assertFree(port: number, purpose: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', () => reject(new Error(`Port ${port} (${purpose}) is taken${holderOf(port)}`)));
    server.listen(port, '0.0.0.0', resolve);
  });
  await new Promise((resolve) => server.close(resolve));
}

/** ` by process 123 (node dist/packed/api.js)`, or nothing where /proc does not say. */
function holderOf(port: number): string {
  try {
    const inode = listeningInode(port);
    for (const pid of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry)))
      if (inode && holds(pid, inode)) {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim();
        return ` by process ${pid} (${command})`;
      }
  } catch {
    return '';
  }
  return '';
}

function listeningInode(port: number): string | undefined {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const rows = readFileSync(table, 'utf8')
      .split('\n')
      .slice(1)
      .map((row) => row.trim().split(/\s+/));
    const row = rows.find((cells) => cells[1]?.endsWith(suffix) && cells[3] === '0A');
    if (row) return row[9];
  }
  return undefined;
}

function holds(pid: string, inode: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some(
      (fd) => readlinkSync(`/proc/${pid}/fd/${fd}`) === `socket:[${inode}]`,
    );
  } catch {
    return false;
  }
}
