import { serviceNotice, shownAt } from './dashboard.settings';

const notice = { text: 'Back at eight.', level: 'maintenance' } as const;
const at = (time: string): number => Date.parse(time);

describe('the notice of the service', () => {
  // Mutants: a bound that is read in the wrong direction; an end that is included.
  it('is shown from its beginning until its end', () => {
    const planned = { ...notice, from: '2026-03-01T20:00:00Z', until: '2026-03-01T22:00:00+01:00' };
    expect(shownAt(planned, at('2026-03-01T19:59:59.999Z'))).toBeNull();
    expect(shownAt(planned, at('2026-03-01T20:00:00Z'))).toBe(planned);
    expect(shownAt(planned, at('2026-03-01T20:59:59Z'))).toBe(planned);
    expect(shownAt(planned, at('2026-03-01T21:00:00Z'))).toBeNull();
    expect(shownAt(notice, 0)).toBe(notice);
    expect(shownAt(null, 0)).toBeNull();
  });

  it('is of a stated form, so that no banner is broken or lasts for ever by a slip', () => {
    const { read } = serviceNotice.type;
    expect(read(notice)).toEqual(notice);
    expect(read(null)).toBeNull();
    for (const bad of [
      'Back at eight.',
      [],
      {},
      { ...notice, text: '' },
      { ...notice, text: 'x'.repeat(301) },
      { ...notice, text: 'a\nb' },
      { ...notice, level: 'panic' },
      { ...notice, till: '2026-03-01T20:00:00Z' },
      { ...notice, until: '2026-03-01' },
      { ...notice, until: '2026-03-01T20:00:00' },
      { ...notice, until: '2026-13-01T20:00:00Z' },
      { ...notice, from: '2026-03-01T20:00:00Z', until: '2026-03-01T20:00:00Z' },
    ])
      expect([bad, read(bad)]).toEqual([bad, undefined]);
  });
});
