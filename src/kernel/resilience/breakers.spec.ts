import { Breakers } from './breakers';

describe('the breakers of a process', () => {
  const [first, second] = [{}, {}];

  // Mutant: the last policy that changed speaks for its upstream, so that another's recovery hides an outage.
  it('an upstream is as bad as its worst policy', () => {
    const breakers = new Breakers();
    expect(breakers.note('anthropic', 'open', first)).toBe('open');
    expect(breakers.note('anthropic', 'closed', second)).toBe('open');
    breakers.note('stripe', 'closed', first);
    expect(breakers.list()).toEqual({ anthropic: 'open', stripe: 'closed' });
    expect(breakers.down()).toEqual(['anthropic']);
    expect(breakers.note('anthropic', 'half-open', first)).toBe('half-open');
    expect(breakers.note('anthropic', 'closed', first)).toBe('closed');
    expect(breakers.down()).toEqual([]);
  });

  it('a circuit that nobody called for a minute is not known to be open', () => {
    const breakers = new Breakers();
    breakers.note('stripe', 'open', first);
    expect(breakers.down(Date.now() + 59_000)).toEqual(['stripe']);
    expect(breakers.down(Date.now() + 61_000)).toEqual([]);
  });
});
