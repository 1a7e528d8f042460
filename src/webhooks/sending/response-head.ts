/** Bytes of an answer that are read at all, and characters that are kept of them. */
export const readBytes = 4_096;
const keptCharacters = 500;

/** The beginning of an answer as it may be stored and shown: text, without control characters, secrets and signatures. */
export function responseHead(body: Buffer): string | null {
  const text = body
    .toString('utf8')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]+/gu, ' ')
    .replace(/whsec_[\w+/=-]*/g, '[secret]')
    .replace(/v1,[\w+/=-]{20,}/g, '[signature]')
    .trim();
  const kept = Array.from(text).slice(0, keptCharacters).join('').slice(0, 512);
  return kept === '' ? null : kept;
}
