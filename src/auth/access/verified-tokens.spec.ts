import { Metrics } from '../../kernel/observability/metrics';
import { VerifiedTokens } from './verified-tokens';

describe('tokens that were checked before', () => {
  const inSeconds = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds;

  // Mutant: a token that is remembered without its expiry.
  it('are good until they expire, and not a second longer', () => {
    const tokens = new VerifiedTokens(new Metrics());
    tokens.keep('Bearer a', { sub: 'ada', sid: 's', exp: inSeconds(60) });
    tokens.keep('Bearer b', { sub: 'ada', sid: 's', exp: inSeconds(0) });
    expect(tokens.find('Bearer a')).toMatchObject({ sub: 'ada' });
    expect(tokens.find('Bearer b')).toBeUndefined();
    expect(tokens.find('Bearer A')).toBeUndefined();
    expect(tokens.find(undefined)).toBeUndefined();
  });

  it('are let go of when there are too many, the oldest first', () => {
    const tokens = new VerifiedTokens(new Metrics());
    tokens.keep(undefined, { sub: 'ada', sid: 's', exp: inSeconds(60) });
    for (let n = 0; n <= 20_000; n += 1)
      tokens.keep(`Bearer ${n}`, { sub: 'ada', sid: 's', exp: inSeconds(60) });
    expect(tokens.find('Bearer 0')).toBeUndefined();
    expect(tokens.find('Bearer 20000')).toBeDefined();
  });
});
