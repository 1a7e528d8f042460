import { Injectable } from '@nestjs/common';
import type { CipherPlace } from '../../kernel/crypto/token-cipher';
import { TokenCipher } from '../../kernel/crypto/token-cipher';

type TokenColumn = 'access_token' | 'refresh_token' | 'code_verifier';
/** A row that holds a secret. */
export interface SecretRow {
  userId: string;
  id: string;
}

/** Seals Google's tokens for the one column of the one row that they belong to. */
@Injectable()
export class TokenVault {
  constructor(private readonly cipher: TokenCipher) {}

  seal(token: string, column: TokenColumn, row: SecretRow): Buffer<ArrayBuffer> {
    return this.cipher.encrypt(token, place(column, row));
  }

  /** The same token under the current ring key; null when it is under it already. @throws as `open`. */
  rewrap(sealed: Uint8Array): Buffer<ArrayBuffer> | null {
    return this.cipher.rewrap(sealed);
  }

  /** @throws DomainError `crypto.cannot-decrypt` for a ciphertext of another row or column. */
  open(sealed: Uint8Array, column: TokenColumn, row: SecretRow): string {
    return this.cipher.decrypt(sealed, place(column, row));
  }
}

function place(column: TokenColumn, { userId, id }: SecretRow): CipherPlace {
  return { userId, provider: 'google', column, rowId: id };
}
