import { isIdle, isRecentProof, isWithinGrace, sessionEnd, sessionPolicy } from './session-policy';

const now = new Date('2026-11-23T12:00:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);

describe('a session', () => {
  it('ends 90 days after it began', () => {
    expect(sessionEnd(now).toISOString()).toBe('2027-02-21T12:00:00.000Z');
  });

  it.each([
    ['idle', isIdle, sessionPolicy.idleMs, false],
    ['past its grace', (at: Date, to: Date) => !isWithinGrace(at, to), sessionPolicy.graceMs, false],
    [
      'without a recent proof',
      (at: Date, to: Date) => !isRecentProof(at, to),
      sessionPolicy.recentProofMs,
      false,
    ],
  ])('is %s one millisecond after its time, and not before', (_what, is, ms, before) => {
    expect(is(ago(ms), now)).toBe(before);
    expect(is(ago(ms + 1), now)).toBe(true);
  });
});
