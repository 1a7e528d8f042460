import { DomainError } from '../../kernel/errors/domain-error';
import { judge, maxAttempts, maxDeferrals } from './retry-policy';

const overloaded = new DomainError('unavailable', 'email.overloaded', 'busy');
const limited = new DomainError('rate-limited', 'email.rate-limited', 'slow down', { retryAfterMs: 90_000 });
const refused = new DomainError('unprocessable', 'email.refused', 'no');
const gone = new DomainError('gone', 'gmail.message-gone', 'deleted');
const broken = new DomainError('internal', 'email.no-draft', 'ours');

describe('what becomes of a job whose work threw', () => {
  it('an upstream in trouble puts it off without costing an attempt, longer each time', () => {
    const pauses = [0, 1, 2, 20].map((deferrals) => judge(overloaded, 1, deferrals, () => 1));
    expect(pauses.map((verdict) => verdict.then === 'retry' && verdict.afterMs)).toEqual([
      2_000, 4_000, 8_000, 600_000,
    ]);
    expect(pauses[0]).toMatchObject({ counts: 'deferral', reasonCode: 'email.overloaded' });
  });

  it('waits at least as long as the upstream asks', () => {
    expect(judge(limited, 1, 0, () => 0)).toMatchObject({ then: 'retry', afterMs: 90_000 });
  });

  it('an upstream that never recovers fails it in the end', () => {
    expect(judge(overloaded, 1, maxDeferrals)).toEqual({ then: 'fail', reasonCode: 'email.overloaded' });
  });

  it('a mail that is gone is skipped, a final error fails at once', () => {
    expect(judge(gone, 1, 0)).toEqual({ then: 'skip', reasonCode: 'gmail.message-gone' });
    expect(judge(refused, 1, 0)).toEqual({ then: 'fail', reasonCode: 'email.refused' });
  });

  it.each([
    ['a fault of ours', broken, 'email.no-draft'],
    ['the unforeseen', new TypeError('undefined is not a function'), 'jobs.unexpected-error'],
  ])('%s counts as an attempt until there are no more', (_name, error, reasonCode) => {
    expect(judge(error, 1, 0)).toMatchObject({ then: 'retry', counts: 'attempt', reasonCode });
    expect(judge(error, maxAttempts, 0)).toEqual({ then: 'fail', reasonCode });
  });
});
