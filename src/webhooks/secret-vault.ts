import { Injectable } from '@nestjs/common';
import { type CipherPlace, TokenCipher } from '../kernel/crypto/token-cipher';

type SecretColumn = 'secret' | 'previous_secret';

/** Whose secret it is. */
interface EndpointOf {
  id: string;
  userId: string;
}

/** The ciphertexts of one endpoint. */
export interface SealedSecrets extends EndpointOf {
  secretCipher: Uint8Array;
  previousSecretCipher: Uint8Array | null;
  previousSecretUntil: Date | null;
}

/** Seals signing secrets for the one column of the one row that they belong to. */
@Injectable()
export class SecretVault {
  constructor(private readonly cipher: TokenCipher) {}

  seal(secret: string, column: SecretColumn, endpoint: EndpointOf): Buffer<ArrayBuffer> {
    return this.cipher.encrypt(secret, place(column, endpoint));
  }

  /** The current secret, sealed as the one before. @throws DomainError `crypto.cannot-decrypt`. */
  retire(row: SealedSecrets): Buffer<ArrayBuffer> {
    return this.seal(this.cipher.decrypt(row.secretCipher, place('secret', row)), 'previous_secret', row);
  }

  /** The secrets that sign at a time, the current one first. @throws DomainError `crypto.cannot-decrypt`. */
  signing(row: SealedSecrets, at: Date): string[] {
    const secrets = [this.cipher.decrypt(row.secretCipher, place('secret', row))];
    if (row.previousSecretCipher && row.previousSecretUntil && row.previousSecretUntil > at)
      secrets.push(this.cipher.decrypt(row.previousSecretCipher, place('previous_secret', row)));
    return secrets;
  }

  /** The same secret under the current ring key; null when it is under it already. */
  rewrap(sealed: Uint8Array): Buffer<ArrayBuffer> | null {
    return this.cipher.rewrap(sealed);
  }
}

function place(column: SecretColumn, { userId, id }: EndpointOf): CipherPlace {
  return { userId, provider: 'webhooks', column, rowId: id };
}
