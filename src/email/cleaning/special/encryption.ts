import { type MailPart } from '../mime/mail-part';

/** How a mail or part is encrypted. */
export type Encryption = 'PGP' | 'S/MIME';

const PGP_BEGIN = '-----BEGIN PGP MESSAGE-----';
const PGP_END = '-----END PGP MESSAGE-----';

/** Tells an encrypted part by its type; opaque S/MIME signatures (`signed-data`) are not encrypted. */
export function encryptionOf(part: MailPart): Encryption | null {
  if (part.mimeType === 'multipart/encrypted' || part.mimeType === 'application/pgp-encrypted') {
    const protocol = part.params.get('protocol')?.toLowerCase() ?? 'application/pgp-encrypted';
    return protocol.includes('pkcs7') ? 'S/MIME' : 'PGP';
  }
  if (!/^application\/(?:x-)?pkcs7-mime$/.test(part.mimeType)) return null;
  const type = part.params.get('smime-type')?.toLowerCase() ?? '';
  return type === 'signed-data' ||
    type === 'certs-only' ||
    type === 'compressed-data' ||
    /\.p7[sc]$/i.test(part.filename)
    ? null
    : 'S/MIME';
}

function withoutArmour(source: string): { text: string; isEncrypted: boolean } {
  const kept: string[] = [];
  let at = 0;
  for (let found = source.indexOf(PGP_BEGIN); found >= 0; found = source.indexOf(PGP_BEGIN, at)) {
    kept.push(source.slice(at, found));
    const end = source.indexOf(PGP_END, found);
    at = end < 0 ? source.length : end + PGP_END.length;
  }
  return { text: kept.join('') + source.slice(at), isEncrypted: kept.length > 0 };
}

/** Takes inline PGP armour out of a text: encrypted blocks become a line, the frame of a signature goes. */
export function stripPgpArmour(source: string): { text: string; isEncrypted: boolean; isSigned: boolean } {
  const { text, isEncrypted } = withoutArmour(source);
  const signedAt = text.indexOf('-----BEGIN PGP SIGNED MESSAGE-----');
  if (signedAt < 0) return { text, isEncrypted, isSigned: false };
  const bodyAt = /\r?\n[ \t]*\r?\n/.exec(text.slice(signedAt, signedAt + 2_000));
  const signatureAt = text.indexOf('-----BEGIN PGP SIGNATURE-----', signedAt);
  const start = bodyAt ? signedAt + bodyAt.index + bodyAt[0].length : signedAt + 34;
  const end = signatureAt < 0 ? text.length : signatureAt;
  const after = signatureAt < 0 ? -1 : text.indexOf('-----END PGP SIGNATURE-----', signatureAt);
  const body = text.slice(start, Math.max(start, end)).replace(/^- /gm, '');
  return {
    text: text.slice(0, signedAt) + body + (after < 0 ? '' : text.slice(after + 27)),
    isEncrypted,
    isSigned: true,
  };
}

/** The line that stands for what cannot be read. */
export const encryptedLine = (encryption: Encryption): string =>
  `[This mail is encrypted with ${encryption} and cannot be read here.]`;
