import { isStalled, type Signs } from './connection-health';

const now = Date.parse('2026-11-23T12:00:00Z');
const ago = (minutes: number): Date => new Date(now - minutes * 60_000);
const signs = (some: Partial<Signs> = {}): Signs => ({
  statusSince: ago(500),
  failingSince: null,
  pushPendingSince: null,
  lastSyncedAt: ago(30),
  leaseExpiresAt: null,
  ...some,
});

describe('the health of a mailbox', () => {
  it.each<[string, Partial<Signs>, boolean]>([
    ['was read half an hour ago', {}, false],
    ['fails since 5 minutes', { failingSince: ago(5) }, false],
    ['fails since 13 minutes', { failingSince: ago(13) }, true],
    ['was not walked for 13 minutes after a push', { pushPendingSince: ago(13) }, true],
    ['is being walked', { pushPendingSince: ago(13), lastSyncedAt: ago(90), leaseExpiresAt: ago(-1) }, false],
    ['was not read for 73 minutes', { lastSyncedAt: ago(73) }, true],
    ['was connected 10 minutes ago and not read yet', { lastSyncedAt: null, statusSince: ago(10) }, false],
    ['was connected long ago and never read', { lastSyncedAt: null }, true],
  ])('that %s', (_name, some, stalled) => {
    expect(isStalled(signs(some), now)).toBe(stalled);
  });
});
