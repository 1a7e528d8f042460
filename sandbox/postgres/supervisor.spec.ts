import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

let home: string;
let owner: ChildProcess;
let postmaster: number;

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function nextOutput(): Promise<string> {
  const [chunk] = (await once(owner.stdout!, 'data')) as [Buffer];
  return chunk.toString();
}

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'inbrief-supervisor-spec-'));
  chmodSync(home, 0o755);
  owner = spawn(
    process.execPath,
    ['--import', 'tsx', join(__dirname, 'owner.fixture.ts'), join(home, 'data')],
    {
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  postmaster = (JSON.parse(await nextOutput()) as { pid: number }).pid;
});
afterEach(() => {
  owner.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true });
});

describe('the supervisor', () => {
  // Catches: a supervisor without its `disconnect` handler, or a postmaster started by the owner itself.
  it('stops Postgres and deletes temporary data when its owner is killed with SIGKILL', async () => {
    expect(lives(postmaster)).toBe(true);
    owner.kill('SIGKILL');
    for (let waited = 0; waited < 5_000 && existsSync(join(home, 'data')); waited += 20) await sleep(20);
    expect(lives(postmaster)).toBe(false);
    expect(existsSync(join(home, 'data'))).toBe(false);
  });

  // Catches: a supervisor forked without `detached`, which dies of the same Ctrl-C as its owner.
  it('keeps Postgres up when Ctrl-C hits the whole process group, until the owner stops it', async () => {
    process.kill(-owner.pid!, 'SIGINT');
    expect(await nextOutput()).toBe('answered');
    await once(owner, 'exit');
    expect(lives(postmaster)).toBe(false);
  });
});
