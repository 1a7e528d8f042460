import { etaSeconds } from './eta';

describe('the end of a run', () => {
  const run = { id: 'r', connectionId: null, startedAt: '2026-03-02T09:00:00.000Z', finished: 30, left: 60 };
  const now = Date.parse('2026-03-02T09:01:00.000Z');

  it('is foretold from its pace so far', () => {
    expect(etaSeconds(run, now)).toBe(120);
    expect(etaSeconds({ ...run, left: 0 }, now)).toBe(0);
  });

  it('is unknown before it has shown a pace', () => {
    expect(etaSeconds({ ...run, finished: 0 }, now)).toBeNull();
    expect(etaSeconds({ ...run, startedAt: null }, now)).toBeNull();
    // A clock that runs behind the database's foretells no past.
    expect(etaSeconds(run, now - 3_600_000)).toBe(0);
  });
});
