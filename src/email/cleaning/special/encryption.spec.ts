import { parseMime } from '../mime/parse-mime';
import { encryptionOf, stripPgpArmour } from './encryption';

describe('a part is encrypted', () => {
  it.each([
    ['multipart/encrypted; boundary=b', 'PGP'],
    ['multipart/encrypted; protocol="Application/PKCS7-mime"; boundary=b', 'S/MIME'],
    ['application/pgp-encrypted', 'PGP'],
    ['application/pkcs7-mime', 'S/MIME'],
    ['application/x-pkcs7-mime; smime-type=enveloped-data; name=smime.p7m', 'S/MIME'],
    ['application/pkcs7-mime; smime-type=Signed-Data', null],
    ['application/pkcs7-mime; smime-type=certs-only', null],
    ['application/pkcs7-mime; smime-type=compressed-data', null],
    ['application/pkcs7-mime; name=smime.P7S', null],
    ['application/pkcs7-signature', null],
    ['text/plain', null],
  ])('by its type %s: %s', (type, encryption) => {
    expect(encryptionOf(parseMime(Buffer.from(`Content-Type: ${type}\r\n\r\nMIAG`)))).toBe(encryption);
  });
});

describe('PGP armour', () => {
  const BEGIN = '-----BEGIN PGP MESSAGE-----';
  const END = '-----END PGP MESSAGE-----';
  const SIGNED = '-----BEGIN PGP SIGNED MESSAGE-----';
  const SIGNATURE = '-----BEGIN PGP SIGNATURE-----';

  it('goes, every block of it, and the text around it stays', () => {
    expect(stripPgpArmour(`a${BEGIN}x${END}b${BEGIN}y${END}c`)).toEqual({
      text: 'abc',
      isEncrypted: true,
      isSigned: false,
    });
    expect(stripPgpArmour(`a${BEGIN}x`).text).toBe('a');
    expect(stripPgpArmour('a')).toEqual({ text: 'a', isEncrypted: false, isSigned: false });
  });

  it.each([
    [
      'as it should be',
      `${SIGNED}\nHash: SHA256\n\nHello\n- -- dash\n${SIGNATURE}\n\niQ\n-----END PGP SIGNATURE-----\nAfter`,
      'Hello\n-- dash\n\nAfter',
    ],
    ['without a signature', `${SIGNED}\nHash: SHA256\n\nHello`, 'Hello'],
    ['torn within the signature', `${SIGNED}\r\n\r\nHello\r\n${SIGNATURE}\r\n\r\niQ`, 'Hello\r\n'],
    ['without a blank line', `${SIGNED}\nHello`, '\nHello'],
    ['without a body', `Before ${SIGNED}\n${SIGNATURE}\n\niQ`, 'Before '],
  ])('of a signature goes where it stands %s', (_, source, text) => {
    expect(stripPgpArmour(source)).toEqual({ text, isEncrypted: false, isSigned: true });
  });
});
