import { createHash } from 'node:crypto';

const address = /\b(?:[a-z][a-z0-9+.-]{1,20}:\/\/|www\.)[^\s<>"'`)\]}]+/gi;
const bareAddress = /\b(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}\/[^\s<>"'`)\]}]*/gi;
const otherScheme = /\b(?:mailto|javascript|data|vbscript):[^\s<>"'`)\]}]+/gi;
const code = /[\w+/=-]{40,}/gi;
const trailing = /[.,;:!?]+$/;
const withScheme = /^(?:[a-z][a-z0-9+.-]{1,20}:\/\/|www\.)/i;

/** Addresses with and without a scheme, and codes of 40 characters: what an answer may not make up. */
export const suspicious = new RegExp(
  [address, bareAddress, otherScheme, code].map(({ source }) => source).join('|'),
  'gi',
);

/** Most fingerprints of one mail: enough for a long newsletter, and a bound on what a mail makes us keep. */
const mostFingerprints = 500;

/** What an answer may repeat of its mail: its web addresses, and codes and disguised addresses that a reader sees. */
export interface Source {
  has(found: string): boolean;
}

/** Without the punctuation of the sentence that it ends. */
export function withoutTrailing(found: string): string {
  return found.replace(trailing, '');
}

/** A mail that is at hand. @param links its web addresses. @param mail what its reader sees. */
export function sourceOf(links: readonly string[], mail = ''): Source {
  const addresses = new Set(links);
  const text = `${links.join('\n')}\n${mail}`;
  return {
    has: (found) =>
      spellings(found).some((spelling) => addresses.has(spelling)) ||
      (!withScheme.test(found) && text.includes(found)),
  };
}

/**
 * What is kept of a mail that will not be at hand when its answer comes: salted hashes of what an answer may repeat, from
 * which nobody reads the mail.
 */
export function fingerprintsOf(links: readonly string[], mail: string, salt: string): string[] {
  const disguised = [...`${links.join('\n')}\n${mail}`.matchAll(suspicious)]
    .map(([found]) => withoutTrailing(found))
    .filter((found) => !withScheme.test(found));
  const known = new Set([...links, ...disguised]);
  return [...known].slice(0, mostFingerprints).map((found) => fingerprint(found, salt));
}

/** A mail of which only fingerprints are left. It knows whole addresses and codes, no parts of them. */
export function sourceFrom(fingerprints: readonly string[], salt: string): Source {
  const known = new Set(fingerprints);
  return { has: (found) => spellings(found).some((spelling) => known.has(fingerprint(spelling, salt))) };
}

const spellings = (found: string): string[] => [found, `https://${found}`, `http://${found}`];

const fingerprint = (found: string, salt: string): string =>
  createHash('sha256').update(`${salt}\0${found}`).digest('base64url').slice(0, 22);
