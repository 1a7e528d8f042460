import { Injectable } from '@nestjs/common';
import { EnvDto } from '../../config/env.dto';
import { parseKeyRing } from '../../crypto/key-ring';
import { type CipherPlace, TokenCipher } from '../../crypto/token-cipher';
import type { KeyPlace } from './idempotency.repository';

/** Seals kept answers under the key ring, each bound to its user, operation and key. */
@Injectable()
export class AnswerVault {
  private readonly cipher: TokenCipher;

  constructor(env: EnvDto) {
    this.cipher = new TokenCipher(parseKeyRing(env.TOKEN_KEYS));
  }

  /** @param body what the controller answered; undefined for none. */
  seal(place: KeyPlace, body: unknown): Uint8Array<ArrayBuffer> {
    return this.cipher.encrypt(JSON.stringify({ body }), placeOf(place));
  }

  /** @throws DomainError `crypto.cannot-decrypt` when the ring has lost the key it was sealed under. */
  open(place: KeyPlace, sealed: Uint8Array): unknown {
    return (JSON.parse(this.cipher.decrypt(sealed, placeOf(place))) as { body?: unknown }).body;
  }
}

function placeOf({ userId, operation, key }: KeyPlace): CipherPlace {
  return {
    userId,
    provider: 'inbrief',
    column: 'idempotency_keys.answer',
    rowId: JSON.stringify([operation, key]),
  };
}
