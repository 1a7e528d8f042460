import { paceOf, type StateTally, tally } from './run-progress';

const row = (state: StateTally['state'], mails: number, held = mails, recent = 0): StateTally => ({
  state,
  mails,
  held,
  recent,
});

describe('the progress of a run', () => {
  // Mutant: counting a cancelled mail that never had a credit as one given back.
  it('counts a credit as held, captured or given back, and none where none was set aside', () => {
    const states = [
      row('awaiting_credits', 7, 0),
      row('queued', 5),
      row('running', 2),
      row('done', 11),
      row('skipped', 1),
      row('failed', 3),
      row('cancelled', 9, 4),
    ];
    expect(tally(states).credits).toEqual({ held: 7, captured: 11, released: 8 });
    expect(tally([]).credits).toEqual({ held: 0, captured: 0, released: 0 });
  });

  it('takes the rate over the last minute, or over the life of a younger run', () => {
    const going = tally([row('queued', 20), row('done', 100, 100, 30)]);
    expect(paceOf(going, 3_600, false)).toEqual({ ratePerSecond: 0.5, etaSeconds: 40 });
    expect(paceOf(going, 10, false)).toEqual({ ratePerSecond: 3, etaSeconds: 7 });
  });

  // Mutant: an ETA of Infinity, which JSON has no word for.
  it('knows no end while the walk may find more or nothing moves, and an end of now when nothing is left', () => {
    expect(paceOf(tally([row('queued', 1), row('done', 6, 6, 6)]), 60, true).etaSeconds).toBeNull();
    expect(paceOf(tally([row('queued', 1)]), 60, false)).toEqual({ ratePerSecond: 0, etaSeconds: null });
    expect(paceOf(tally([row('done', 6)]), 60, false)).toEqual({ ratePerSecond: 0, etaSeconds: 0 });
  });
});
