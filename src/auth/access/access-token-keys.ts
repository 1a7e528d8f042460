import { createSecretKey, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { EnvDto } from '../../kernel/config/env.dto';

/** The one algorithm; a token that names another is refused before any key is looked up. */
export const accessTokenAlgorithm = 'HS256';

/** `typ` of an access token (RFC 9068), so that no other token of ours passes for one. */
export const accessTokenType = 'at+jwt';

/** The key ring of access tokens: the first key signs, all of them verify, so that keys rotate without a sign-out. */
@Injectable()
export class AccessTokenKeys {
  private readonly keys: ReadonlyMap<string, KeyObject>;
  /** Name of the key that signs. */
  readonly signingKid: string;

  constructor(env: EnvDto) {
    this.keys = new Map(env.JWT_KEYS.map(parseKey));
    const [first] = this.keys.keys();
    if (first === undefined) throw new Error('JWT_KEYS holds no key');
    this.signingKid = first;
  }

  /** The key of this name, or undefined when it was rotated away or never existed. */
  byKid(kid: unknown): KeyObject | undefined {
    return typeof kid === 'string' ? this.keys.get(kid) : undefined;
  }

  /**
   * The key that must have signed this token, chosen from our own ring by name only: keys and addresses of keys that a
   * token brings along (`jwk`, `jku`, `x5c`, `x5u`) are never looked at. Undefined for a token that cannot be ours.
   */
  forToken(token: string): KeyObject | undefined {
    const header = headerOf(token);
    if (header?.alg !== accessTokenAlgorithm || header.typ !== accessTokenType || 'crit' in header)
      return undefined;
    return this.byKid(header.kid);
  }
}

function parseKey(entry: string): [kid: string, key: KeyObject] {
  const colon = entry.indexOf(':');
  // A key object verifies thirty times faster than the same secret as a string.
  return [entry.slice(0, colon), createSecretKey(entry.slice(colon + 1), 'utf8')];
}

function headerOf(token: string): Record<string, unknown> | undefined {
  try {
    const header: unknown = JSON.parse(Buffer.from(token.split('.', 1)[0] ?? '', 'base64url').toString());
    return typeof header === 'object' && header !== null ? (header as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
