import { createSecretKey, randomBytes } from 'node:crypto';
import { DomainError } from '../errors/domain-error';
import { ivBytes, open, seal, tagBytes } from './aead';
import type { KeyRing } from './key-ring';

/** Where a ciphertext belongs. Moved anywhere else, it does not decrypt. */
export interface CipherPlace {
  readonly userId: string;
  readonly provider: string;
  readonly column: string;
  readonly rowId: string;
}

/** Layout: format, length of the version, version of the ring key, sealed data key, sealed value. */
const format = 1;
const dataKeyBytes = 32;
const sealedKeyBytes = ivBytes + dataKeyBytes + tagBytes;

interface Envelope {
  readonly version: string;
  readonly sealedKey: Buffer;
  readonly sealedValue: Buffer;
}

/**
 * Keeps tokens at rest: each value has a random data key of its own, wrapped by a key of the ring, so that a rotation
 * re-wraps keys and touches no payload.
 */
export class TokenCipher {
  constructor(private readonly ring: KeyRing) {}

  /** Encrypts under the current ring key; two calls never give the same bytes. */
  encrypt(plaintext: string, place: CipherPlace): Buffer<ArrayBuffer> {
    const dataKey = randomBytes(dataKeyBytes);
    const sealedValue = seal(createSecretKey(dataKey), Buffer.from(plaintext, 'utf8'), placeAad(place));
    return this.wrap(dataKey, sealedValue);
  }

  /** @throws DomainError `crypto.cannot-decrypt` when key, place or bytes are not those of `encrypt`. */
  decrypt(ciphertext: Uint8Array, place: CipherPlace): string {
    return guarded(() => {
      const envelope = parse(ciphertext);
      const dataKey = createSecretKey(this.unwrap(envelope));
      return open(dataKey, envelope.sealedValue, placeAad(place)).toString('utf8');
    });
  }

  /**
   * The same value under the current ring key; null when it is under it already.
   * @throws DomainError `crypto.cannot-decrypt` when the ring no longer holds the key, or the bytes are no envelope.
   */
  rewrap(ciphertext: Uint8Array): Buffer<ArrayBuffer> | null {
    return guarded(() => {
      const envelope = parse(ciphertext);
      if (envelope.version === this.ring.current) return null;
      return this.wrap(this.unwrap(envelope), envelope.sealedValue);
    });
  }

  private wrap(dataKey: Buffer, sealedValue: Buffer): Buffer<ArrayBuffer> {
    const version = this.ring.current;
    const sealedKey = seal(this.ringKey(version), dataKey, keyAad(version));
    return Buffer.concat([
      Buffer.from([format, version.length]),
      Buffer.from(version),
      sealedKey,
      sealedValue,
    ]);
  }

  private unwrap({ version, sealedKey }: Envelope): Buffer {
    return open(this.ringKey(version), sealedKey, keyAad(version));
  }

  private ringKey(version: string) {
    const key = this.ring.keys.get(version);
    if (!key) throw new Error('The ring holds no key of this version');
    return key;
  }
}

function parse(ciphertext: Uint8Array): Envelope {
  const bytes = Buffer.from(ciphertext.buffer, ciphertext.byteOffset, ciphertext.byteLength);
  if (bytes[0] !== format) throw new Error('Unknown envelope');
  const keyAt = 2 + (bytes[1] ?? 0);
  const valueAt = keyAt + sealedKeyBytes;
  return {
    version: bytes.toString('utf8', 2, keyAt),
    sealedKey: bytes.subarray(keyAt, valueAt),
    sealedValue: bytes.subarray(valueAt),
  };
}

/** An array, so that no two places can be written alike. */
function placeAad({ userId, provider, column, rowId }: CipherPlace): Buffer {
  return Buffer.from(JSON.stringify([userId, provider, column, rowId]));
}

function keyAad(version: string): Buffer {
  return Buffer.from(`data-key:${version}`);
}

/** One error for every cause: which one it was helps an attacker alone. */
function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new DomainError('internal', 'crypto.cannot-decrypt', 'A stored secret cannot be decrypted.', {
      cause,
    });
  }
}
