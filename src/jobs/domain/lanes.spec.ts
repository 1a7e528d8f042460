import { DomainError } from '../../kernel/errors/domain-error';
import { pauseOf } from './lanes';

const job = { userId: 'ada', connectionId: 'box' };
const limited = (code: `${string}.${string}`, retryAfterMs?: number) =>
  new DomainError('rate-limited', code, 'slow down', retryAfterMs === undefined ? {} : { retryAfterMs });

describe('which lane an error closes', () => {
  it.each([
    ['email.rate-limited', 'model'],
    ['email.overloaded', 'model'],
    ['email.spend-limit', 'model'],
    ['email.daily-spend-cap', 'model'],
    ['email.user-spend-cap', 'user:ada'],
    ['gmail.rate-limited', 'mailbox:box'],
  ] as const)('%s closes %s for as long as was asked', (code, lane) => {
    expect(pauseOf(limited(code, 90_000), job)).toEqual({ lane, forMs: 90_000, reasonCode: code });
  });

  it('what says something of the one mail closes nothing', () => {
    expect(pauseOf(new DomainError('unprocessable', 'email.refused', 'no'), job)).toBeUndefined();
    expect(pauseOf(limited('email.model-unreachable'), job)).toBeUndefined();
    expect(pauseOf(new DomainError('unprocessable', 'email.rate-limited', 'final'), job)).toBeUndefined();
  });

  it('rests a little when nobody says how long, and tries again within a quarter of an hour', () => {
    expect(pauseOf(limited('email.overloaded'), job)?.forMs).toBe(5_000);
    expect(pauseOf(limited('email.overloaded', 1), job)?.forMs).toBe(1_000);
    expect(pauseOf(limited('email.user-spend-cap', 80_000_000), job)?.forMs).toBe(900_000);
  });
});
