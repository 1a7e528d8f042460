import { connectionStatuses, explain, mayBecome } from './connection-status';

describe('the status of a connection', () => {
  // Mutant caught: a disconnected mailbox that pauses and resumes would be "connected" without any token.
  it('comes back from disconnected only by a new consent', () => {
    expect(mayBecome('disconnected', 'connected')).toBe(true);
    expect(mayBecome('disconnected', 'paused')).toBe(false);
    expect(mayBecome('disconnected', 'needs_reauth')).toBe(false);
  });

  it('can be ended by its user whatever it is', () => {
    for (const status of connectionStatuses) expect(mayBecome(status, 'disconnected')).toBe(true);
  });

  it('is explained in a sentence, an unknown reason too, and needs none while it works', () => {
    expect(explain('consent-revoked')).toMatch(/Connect again\.$/);
    expect(explain('something-new')).toMatch(/\.$/);
    expect(explain(null)).toBeNull();
  });
});
