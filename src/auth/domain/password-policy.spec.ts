import { commonPasswords } from './common-passwords';
import { assertGoodPassword, passwordLimits } from './password-policy';

const owner = { email: 'ada.lovelace@example.test', name: 'Ada Lovelace' };

describe('a password', () => {
  it.each(['correct horse battery', 'ünïcödé wörks töö', '1dontCareForRules'])('may be %s', (password) => {
    expect(() => assertGoodPassword(password, owner)).not.toThrow();
  });

  it.each([
    ['common', 'password123'],
    ['common, with capitals', 'PassWord123!'],
    ['the address', 'Ada.Lovelace@example.test'],
    ['the address before the @', 'ada.lovelace'],
    ['the name', 'ada lovelace'],
    ['one sign over and over', 'aaaaaaaaaaaaaa'],
    ['three signs over and over', 'abcabcabcabc'],
  ])('is not %s', (_what, password) => {
    expect(() => assertGoodPassword(password, owner)).toThrow(
      expect.objectContaining({ code: 'auth.weak-password' }),
    );
  });

  it('is looked up in a list that the length rule does not make idle', () => {
    const idle = [...commonPasswords].filter((entry) => entry.length < passwordLimits.min);
    expect(idle).toEqual([]);
    expect(commonPasswords.size).toBeGreaterThan(400);
    for (const entry of commonPasswords) expect(entry).toBe(entry.toLowerCase());
  });
});
