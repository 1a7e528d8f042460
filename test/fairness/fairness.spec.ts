import { type FairnessOptions, readOptions } from './options';
import { faultsOf, type Outcome, ratioOf, report } from './verdict';

const visit = (seconds: number) => ({ seconds, othersDone: 60 });
const good: Outcome = {
  backend: 'Redis',
  alone: [visit(9), visit(10), visit(11)],
  beside: [visit(14), visit(15), visit(60)],
  depths: [{ of: 'BullMQ’s own count', most: 60, looks: 900 }],
  left: 18_000,
  violations: 0,
};

describe('the verdict on fairness', () => {
  it('compares medians', () => {
    expect(ratioOf(good)).toBe(1.5);
    expect(faultsOf(good)).toEqual([]);
    expect(report(readOptions([]) as FairnessOptions, good)).toContain('1.50');
  });

  // Mutant: a verdict that forgets one of its rules.
  it.each<[string, Partial<Outcome>, string]>([
    ['later users wait too long', { beside: [visit(20.1)] }, 'times as long'],
    ['the queue was too deep', { depths: [{ of: 'it', most: 100, looks: 900 }] }, '100 deep'],
    ['nobody looked at the queue', { depths: [{ of: 'it', most: 60, looks: 3 }] }, 'nothing was seen'],
    ['what was looked at was no queue', { depths: [{ of: 'it', most: 0, looks: 900 }] }, 'nothing was seen'],
    ['the backlog was over', { left: 0 }, 'more --mails'],
    ['the ledger is wrong', { violations: 1 }, '1 violation'],
  ])('finds that %s', (_what, bad, fault) => {
    expect(faultsOf({ ...good, ...bad })).toEqual([expect.stringContaining(fault)]);
  });
});

describe('options', () => {
  it('have defaults, and refuse what makes no sense', () => {
    expect(readOptions(['--mails', '300'])).toMatchObject({ mails: 300, own: 50, workers: 4 });
    expect(readOptions(['--help'])).toBe('help');
    expect(() => readOptions(['--workers', '3'])).toThrow('--workers');
    expect(() => readOptions(['--own', 'few'])).toThrow('--own');
  });
});
