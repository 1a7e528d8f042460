import { Injectable } from '@nestjs/common';
import { type GmailConnection, Prisma } from '../../kernel/database/generated/client';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import type { StatusReason } from '../domain/connection-status';
import type { StoredTokens } from '../gmail.repository';

/** A connection as far as its tokens go. */
export type ConnectionSecrets = Pick<
  GmailConnection,
  'id' | 'userId' | 'status' | 'accessTokenCipher' | 'accessTokenExpiresAt' | 'refreshTokenCipher'
>;

/** The columns of `ConnectionSecrets` that are about tokens, for whoever reads a connection with them. */
export const secrets = Prisma.sql`status, access_token_cipher as "accessTokenCipher",
  access_token_expires_at as "accessTokenExpiresAt", refresh_token_cipher as "refreshTokenCipher"`;

/** The tokens of connections, and who may refresh them. Every method works in the ambient unit of work. */
@Injectable()
export class TokensRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** What a connection's tokens are read and refreshed by. */
  async find(userId: string, id: string): Promise<ConnectionSecrets | undefined> {
    const [row] = await this.uow.rows<ConnectionSecrets>(Prisma.sql`
      select id, user_id as "userId", ${secrets} from gmail_connections where id = ${id}::uuid and user_id = ${userId}::uuid`);
    return row;
  }

  /** Claims the right to refresh, for `leaseMs`; nothing while somebody else has it or the access token is good. */
  async claimRefresh(id: string, leaseToken: string, leaseMs: number, goodUntil: Date): Promise<boolean> {
    const claimed = await this.uow.db.$executeRaw`
      update gmail_connections
      set refresh_lease_token = ${leaseToken}::uuid,
          refresh_lease_expires_at = now() + ${leaseMs} * interval '1 millisecond'
      where id = ${id}::uuid and refresh_token_cipher is not null
        and (refresh_lease_expires_at is null or refresh_lease_expires_at < now())
        and (access_token_expires_at is null or access_token_expires_at < ${goodUntil})`;
    return claimed === 1;
  }

  /** Stores a refreshed access token, unless the consent was replaced meanwhile. */
  async storeAccessToken(
    id: string,
    usedRefreshCipher: Uint8Array,
    tokens: Omit<StoredTokens, 'refreshTokenCipher'>,
  ): Promise<boolean> {
    const { count } = await this.uow.db.gmailConnection.updateMany({
      where: { id, refreshTokenCipher: Buffer.from(usedRefreshCipher) },
      data: { ...tokens, ...noRefreshLease },
    });
    return count === 1;
  }

  /** Hands the right to refresh back. */
  async releaseRefresh(id: string, leaseToken: string): Promise<void> {
    await this.uow.db.gmailConnection.updateMany({
      where: { id, refreshLeaseToken: leaseToken },
      data: noRefreshLease,
    });
  }

  /** Makes the next reader refresh, if this is still the stored access token. */
  async expireAccessToken(id: string, accessTokenCipher: Uint8Array): Promise<void> {
    await this.uow.db.gmailConnection.updateMany({
      where: { id, accessTokenCipher: Buffer.from(accessTokenCipher) },
      data: { accessTokenExpiresAt: new Date(0) },
    });
  }

  /** Google refused this refresh token: only the user can mend it. False when the consent was replaced meanwhile. */
  async needReauth(id: string, failedRefreshCipher: Uint8Array, reason: StatusReason): Promise<boolean> {
    const { count } = await this.uow.db.gmailConnection.updateMany({
      where: {
        id,
        refreshTokenCipher: Buffer.from(failedRefreshCipher),
        status: { in: ['connected', 'paused'] },
      },
      data: {
        status: 'needs_reauth',
        statusReason: reason,
        statusSince: new Date(),
        accessTokenCipher: null,
        accessTokenExpiresAt: null,
        lastErrorCode: 'gmail.needs-reauth',
        ...noRefreshLease,
      },
    });
    return count === 1;
  }
}

const noRefreshLease = { refreshLeaseToken: null, refreshLeaseExpiresAt: null } as const;
