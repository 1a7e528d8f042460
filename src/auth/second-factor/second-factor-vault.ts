import { Injectable } from '@nestjs/common';
import { EnvDto } from '../../kernel/config/env.dto';
import { parseKeyRing } from '../../kernel/crypto/key-ring';
import { type CipherPlace, TokenCipher } from '../../kernel/crypto/token-cipher';

/** Encrypts the secrets of authenticator apps under the key ring, each bound to its user. */
@Injectable()
export class SecondFactorVault {
  private readonly cipher: TokenCipher;

  constructor(env: EnvDto) {
    this.cipher = new TokenCipher(parseKeyRing(env.TOKEN_KEYS));
  }

  seal(userId: string, secret: Buffer): Buffer<ArrayBuffer> {
    return this.cipher.encrypt(secret.toString('base64'), placeOf(userId));
  }

  /** The same secret under the current ring key; null when it is under it already. @throws as `open`. */
  rewrap(sealed: Uint8Array): Buffer<ArrayBuffer> | null {
    return this.cipher.rewrap(sealed);
  }

  /** @throws DomainError `crypto.cannot-decrypt`. */
  open(userId: string, sealed: Uint8Array): Buffer {
    return Buffer.from(this.cipher.decrypt(sealed, placeOf(userId)), 'base64');
  }
}

function placeOf(userId: string): CipherPlace {
  return { userId, provider: 'inbrief', column: 'second_factors.secret', rowId: userId };
}
