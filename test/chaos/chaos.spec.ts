import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readOptions } from './options';
import { type PlanOptions, planOf } from './plan';
import points from './program/crash-points.json';

const demand: PlanOptions = {
  seed: 1,
  minutes: 5,
  killsPerMinute: 66,
  emails: 1_500,
  people: 10,
  redis: true,
};

describe('the plan of a storm', () => {
  it('is the same from the same seed, and another from another', () => {
    expect(planOf(demand)).toEqual(planOf(demand));
    expect(planOf({ ...demand, seed: 2 })).not.toEqual(planOf(demand));
  });

  it.each([1, 2, 3, 4, 5])('has what five minutes must survive (seed %i)', (seed) => {
    const plan = planOf({ ...demand, seed });
    const count = (holds: (strike: (typeof plan)[number]) => boolean): number => plan.filter(holds).length;
    expect(count(({ kind }) => kind === 'kill' || kind === 'crash')).toBeGreaterThan(300);
    expect(count((strike) => strike.kind === 'redis' && strike.how === 'flush')).toBeGreaterThanOrEqual(5);
    expect(count(({ kind }) => kind === 'postgres')).toBeGreaterThanOrEqual(3);
    const aimed = new Set(plan.flatMap((strike) => (strike.kind === 'crash' ? [strike.point] : [])));
    expect([...aimed].sort()).toEqual([...points.worker, ...points.api].sort());
    const mails = plan.reduce((sum, strike) => sum + (strike.kind === 'mail' ? strike.mails : 0), 0);
    expect(mails).toBe(demand.emails / 2);
  });

  it('leaves Redis alone where there is none', () => {
    const plan = planOf({ ...demand, redis: false });
    expect(
      plan.some((strike) => strike.kind === 'redis' || (strike.kind === 'wire' && strike.wire === 'redis')),
    ).toBe(false);
  });
});

describe('crash points', () => {
  const directory = join(__dirname, '..', '..', 'src');
  const source = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .map((name) => readFileSync(join(directory, name), 'utf8'))
    .join('\n');
  const program = readFileSync(join(__dirname, 'program', 'crash-points.cjs'), 'utf8');

  // Mutant: a transaction that is given another reason leaves a point that nothing ever passes.
  it.each([...points.worker, ...points.stall, ...points.api])('"%s" stands in the program', (point) => {
    const [, reason] = /^(?:before|after) commit: (.*)$/.exec(point) ?? [];
    if (reason) expect(source).toContain(`'${reason}'`);
    else expect(program).toContain(point);
  });
});

describe('what a run lays over the product', () => {
  const src = join(__dirname, '..', '..', 'src');
  const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .map((name) => readFileSync(join(src, name), 'utf8'));
  const named = ['crash-points.cjs', 'mutants.cjs'].flatMap((file) => {
    const program = readFileSync(join(__dirname, 'program', file), 'utf8');
    return [...program.matchAll(/(?:wrap|replace)\(\s*(\w+),\s*'(\w+)'/g)].map(([, type, method]) => [
      type!,
      method!,
    ]);
  });

  // Mutant: a method that is called something else: no process of a run would start.
  it('names methods that are there', () => {
    expect(named.length).toBeGreaterThan(10);
    for (const [type, method] of named) {
      const owner = sources.find((text) => text.includes(`class ${type} `)) ?? '';
      expect([type, method, new RegExp(`^  (?:private |async )*${method}\\b[<(]`, 'm').test(owner)]).toEqual([
        type,
        method,
        true,
      ]);
    }
  });
});

describe('options', () => {
  it('have defaults, and refuse what makes no sense', () => {
    expect(readOptions(['--seed', '7'])).toMatchObject({ seed: 7, emails: 300, minutes: 1 });
    expect(readOptions(['--help'])).toBe('help');
    expect(() => readOptions(['--emails', 'many'])).toThrow('--emails');
    expect(() => readOptions(['--minutes', '0'])).toThrow('--minutes');
    expect(() => readOptions(['--mutant', 'kindness'])).toThrow('--mutant');
  });
});
