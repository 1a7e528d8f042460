import { databaseUrl } from './database-url';
import { loginAccount, migrationUrl } from './migration-env';

const owner = 'postgresql://owner:o@db:5432/inbrief';
const pooled = 'postgresql://inbrief_app:p%40ss@pooler:6543/inbrief';

describe('where migrations run', () => {
  it('is the direct URL, so that their lock does not stand behind a pooler', () => {
    expect(migrationUrl({ DIRECT_DATABASE_URL: owner, DATABASE_URL: pooled })).toBe(owner);
  });

  it('is the application’s URL where that is the only one', () => {
    expect(migrationUrl({ DATABASE_URL: pooled })).toBe(pooled);
  });

  it('must be said', () => {
    expect(() => migrationUrl({})).toThrow('DIRECT_DATABASE_URL');
    expect(() => databaseUrl({})).toThrow('DATABASE_URL');
  });
});

describe('the login to provision', () => {
  it('is the one DATABASE_URL names, its password decoded', () => {
    expect(loginAccount({ DIRECT_DATABASE_URL: owner, DATABASE_URL: pooled })).toEqual({
      role: 'inbrief_app',
      password: 'p@ss',
    });
  });

  // Catches: provisioning the owner itself, which would take its rights away and leave the application none to lose.
  it('is never the role that migrates', () => {
    expect(() => loginAccount({ DATABASE_URL: owner })).toThrow('another role');
  });

  it.each([
    ['no URL', undefined],
    ['no role', 'postgresql://db/inbrief'],
    ['no password', 'postgresql://app@db/inbrief'],
  ])('cannot be made of %s', (_what, url) => {
    expect(() => loginAccount({ DIRECT_DATABASE_URL: owner, DATABASE_URL: url })).toThrow('its password');
  });
});
