import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { canEnter, postgresAccount } from './account';
import { findBinaries } from './binaries';

const asRoot = process.getuid?.() === 0 ? it : it.skip;
let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'inbrief-binaries-spec-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe('findBinaries', () => {
  it('completes the package in place where its install script has not run', () => {
    const version = execFileSync(join(findBinaries(postgresAccount()), 'bin', 'postgres'), ['--version']);
    expect(version.toString()).toMatch(/^postgres \(PostgreSQL\) 18\./);
  });

  asRoot('copies them out of a folder closed to nobody, past a place that cannot be written', () => {
    const packaged = findBinaries(undefined);
    const closed = join(home, 'closed', 'package', 'native');
    const open = join(home, 'open');
    cpSync(packaged, closed, { recursive: true, verbatimSymlinks: true });
    cpSync(join(dirname(packaged), 'package.json'), join(closed, '..', 'package.json'));
    mkdirSync(open);
    for (const path of [home, open]) chmodSync(path, 0o755);
    chmodSync(join(home, 'closed'), 0o700);
    const account = { uid: 65534, gid: 65534 };
    expect(canEnter(closed, account)).toBe(false);

    const copy = findBinaries(account, closed, [join(home, 'missing'), open]);
    expect(copy.startsWith(open)).toBe(true);
    expect(existsSync(join(copy, 'bin', 'initdb'))).toBe(true);
    const { ino } = statSync(copy);
    expect(statSync(findBinaries(account, closed, [open])).ino).toBe(ino);
  });
});
