import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jobMoves, runMoves } from '../../src/jobs/domain/job-state';
import { pauseOf } from '../../src/jobs/domain/lanes';
import { reasons } from '../../src/jobs/domain/reason-codes';
import { maxAttempts, maxDeferrals } from '../../src/jobs/domain/retry-policy';
import { overdueSeconds, payingWeight } from '../../src/jobs/domain/turns';
import { dispatchWindow, overnightAfterMails, perUserConcurrency } from '../../src/jobs/jobs.settings';
import { DomainError } from '../../src/kernel/errors/domain-error';
import { root } from './planted-tree';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const page = read('docs/jobs.md');
const named = (cell = ''): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? '');

/** The cells of the tables under this heading, table by table, without their heads. */
function tablesUnder(heading: string): string[][][] {
  const [, section = ''] = page.split(`\n## ${heading}\n`);
  const [text = ''] = section.split('\n## ');
  return [...text.matchAll(/(?:^\|.*\|\n)+/gm)].map(([table]) =>
    table
      .trim()
      .split('\n')
      .slice(2)
      .map((row) =>
        row
          .slice(1, -1)
          .split('|')
          .map((cell) => cell.trim()),
      ),
  );
}

/** States in order, each with the states that the table's last column names. */
const movesIn = (table: string[][] = []): Record<string, string[]> =>
  Object.fromEntries(table.map((row) => [named(row[0])[0] ?? '', named(row.at(-1))]));

/** Mutants: a move, reason, error or figure that is in the code and not on the page, or on the page as it was once. */
describe('docs/jobs.md', () => {
  const [jobs, runs] = tablesUnder('States');

  it('has the states and moves of a mail and of a walk as the code has them', () => {
    expect(Object.entries(movesIn(jobs))).toEqual(Object.entries(jobMoves));
    expect(Object.entries(movesIn(runs))).toEqual(Object.entries(runMoves));
  });

  it('draws every move and no other', () => {
    const drawn = [...page.matchAll(/^ {2}(\w+) --> (\w+)/gm)].map(([, from, to]) => `${from} ${to}`);
    const known = Object.entries(jobMoves).flatMap(([from, moves]) => moves.map((to) => `${from} ${to}`));
    expect(drawn.sort()).toEqual(known.sort());
  });

  it('has every reason', () => {
    const [table = []] = tablesUnder('Reasons');
    expect(table.flatMap(([code]) => named(code)).sort()).toEqual(Object.values(reasons).sort());
  });

  it('has every error that closes a lane, and which', () => {
    const [table = []] = tablesUnder('Lanes and pauses');
    const closed = table.map(([error]) => {
      const [code = ''] = named(error);
      const pause = pauseOf(new DomainError('unavailable', code as 'email.overloaded', ''), {
        userId: 'a',
        connectionId: 'b',
      });
      return [code, pause?.lane.split(':')[0]];
    });
    expect(closed).toEqual(table.map((row) => [...named(row[0]), ...named(row[1])]));
    const codes = [...read('src/jobs/domain/lanes.ts').matchAll(/^ {2}'([a-z.-]+)': \(/gm)];
    expect(codes.length).toBeGreaterThan(5);
    expect(codes.map(([, code]) => code)).toEqual(closed.map(([code]) => code));
  });

  it('has the figures as they are', () => {
    const [table = []] = tablesUnder('Whose turn it is');
    expect(Object.fromEntries(table.map(([, name, value]) => [named(name)[0], value]))).toEqual({
      [dispatchWindow.key]: String(dispatchWindow.fallback),
      [perUserConcurrency.key]: String(perUserConcurrency.fallback),
      [overnightAfterMails.key]: String(overnightAfterMails.fallback),
      payingWeight: String(payingWeight),
      overdueSeconds: String(overdueSeconds),
      maxAttempts: String(maxAttempts),
      maxDeferrals: String(maxDeferrals),
    });
  });

  it('names specs that exist', () => {
    const specs = named(tablesUnder('How it is proven').flat(2).join(' ')).filter((name) =>
      name.endsWith('.ts'),
    );
    expect(specs.length).toBeGreaterThan(6);
    expect(specs.filter((spec) => !existsSync(join(root, spec)))).toEqual([]);
  });
});
