import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../kernel/database/unit-of-work';

/** The token columns of one mailbox, as they are stored. */
export interface StoredCiphers {
  id: string;
  accessTokenCipher: Uint8Array | null;
  refreshTokenCipher: Uint8Array | null;
}

/** The ciphertexts of all mailboxes, for a rotation of keys. Every method joins the ambient unit of work (service). */
@Injectable()
export class SecretsRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** At most `limit` mailboxes behind `after`, in the order of their ids. */
  list(after: string | undefined, limit: number): Promise<StoredCiphers[]> {
    return this.uow.db.gmailConnection.findMany({
      where: after === undefined ? {} : { id: { gt: after } },
      orderBy: { id: 'asc' },
      take: limit,
      select: { id: true, accessTokenCipher: true, refreshTokenCipher: true },
    });
  }

  /** Compare and swap: false when the column holds other bytes by now. */
  async replace(
    id: string,
    column: 'accessTokenCipher' | 'refreshTokenCipher',
    old: Uint8Array,
    rewrapped: Uint8Array<ArrayBuffer>,
  ): Promise<boolean> {
    const { count } = await this.uow.db.gmailConnection.updateMany({
      where: { id, [column]: Buffer.from(old) },
      data: { [column]: rewrapped },
    });
    return count === 1;
  }
}
