import { base32, matchTotp, totpAt, totpStep, totpUri } from './totp';

/** The secret of RFC 6238, appendix B. */
const secret = Buffer.from('12345678901234567890');

describe('time-based codes', () => {
  // Appendix B gives eight digits; six are their end.
  it.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
    [20000000000, '353130'],
  ])('are those of RFC 6238 at second %i', (second, code) => {
    expect(totpAt(secret, totpStep(second * 1000))).toBe(code);
  });

  it('count one step early and one step late, and no further', () => {
    const now = 1_800_000_000_000;
    const step = totpStep(now);
    for (const near of [step - 1, step, step + 1])
      expect(matchTotp(secret, totpAt(secret, near), now)).toBe(near);
    for (const far of [step - 2, step + 2])
      expect(matchTotp(secret, totpAt(secret, far), now)).toBeUndefined();
  });

  it('are six digits and nothing else', () => {
    for (const code of ['', '12345', '1234567', 'abcdef', '12345６'])
      expect(matchTotp(secret, code)).toBeUndefined();
  });

  it('are set up by a secret in base32 and a URI', () => {
    expect(base32(secret)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
    expect(base32(Buffer.from('foobar'))).toBe('MZXW6YTBOI');
    expect(totpUri(secret, 'ada@example.test')).toBe(
      'otpauth://totp/Inbrief%3Aada%40example.test?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Inbrief&algorithm=SHA1&digits=6&period=30',
    );
  });
});
