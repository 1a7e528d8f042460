import { testEnv } from '../../../test/support/env';
import { createOpaqueToken } from '../crypto/opaque-token';
import { ServiceKeys } from './service-keys';

const [scraper, auditor] = [createOpaqueToken('ibs_'), createOpaqueToken('ibs_')];
const entry = (name: string, scopes: string, { hash }: { hash: Buffer }): string =>
  `${name}:${scopes}:${hash.toString('hex')}`;
const keysOf = (...entries: string[]): ServiceKeys =>
  new ServiceKeys(testEnv('postgres://nobody@127.0.0.1:1/none', { SERVICE_KEYS: entries.join(',') }));

describe('service keys', () => {
  const keys = keysOf(entry('prometheus', 'metrics', scraper), entry('auditor', 'audit+metrics', auditor));

  it('open the routes of their scopes and no other', () => {
    expect(keys.admit(`Bearer ${scraper.token}`, 'metrics')).toBe('prometheus');
    expect(keys.admit(`bearer ${auditor.token}`, 'metrics')).toBe('auditor');
    expect(keys.admit(`Bearer ${auditor.token}`, 'audit')).toBe('auditor');
    expect(() => keys.admit(`Bearer ${scraper.token}`, 'audit')).toThrow(
      expect.objectContaining({ code: 'auth.scope-missing' }),
    );
  });

  // Mutants: the hash taken for the key; an empty key that matches an absent one.
  it.each([
    undefined,
    '',
    'Bearer ',
    'Bearer undefined',
    scraper.token,
    `Basic ${scraper.token}`,
    `Bearer ${scraper.token}x`,
    `Bearer ${scraper.token} x`,
    `Bearer ${scraper.hash.toString('hex')}`,
    `Bearer ${auditor.token.slice(0, -1)}`,
  ])('do not open to %j', (authorization) => {
    for (const ring of [keys, keysOf()])
      expect(() => ring.admit(authorization, 'metrics')).toThrow(
        expect.objectContaining({ code: 'auth.unauthenticated' }),
      );
  });

  it.each(['prometheus:metrics:abc', 'prometheus:everything:' + 'a'.repeat(64), 'metrics:' + 'a'.repeat(64)])(
    'are refused at start when they read %s',
    (text) => {
      expect(() => keysOf(text)).toThrow('SERVICE_KEYS');
    },
  );
});
