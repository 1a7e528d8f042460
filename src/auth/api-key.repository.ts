import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../kernel/database/unit-of-work';

type Bytes = Uint8Array<ArrayBuffer>;

/** A key as its owner sees it in a list. */
export interface ApiKeyRow {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  createdAt: Date;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
}

/** Whom a key speaks for. */
export interface ApiKeyBearer {
  id: string;
  userId: string;
  scopes: string[];
}

const fields = {
  id: true,
  name: true,
  prefix: true,
  scopes: true,
  createdAt: true,
  lastUsedAt: true,
  expiresAt: true,
} as const;

/** API keys. Every method joins the ambient unit of work, `findBearer` apart. */
@Injectable()
export class ApiKeyRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /**
   * Whom a live key of an active user speaks for; notes its use, to the minute. One round trip for a key in steady use,
   * asked on every call, so that a revocation acts at once.
   */
  async findBearer(keyHash: Bytes): Promise<ApiKeyBearer | undefined> {
    return this.uow.readAsService('authenticate an API key', async () => {
      const rows = await this.uow.db.$queryRaw<(ApiKeyBearer & { unused: boolean })[]>`
        select k.id, k.user_id as "userId", k.scopes,
          coalesce(k.last_used_at < now() - interval '1 minute', true) as unused
        from api_keys k join users u on u.id = k.user_id
        where k.key_hash = ${keyHash} and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())
          and u.status = 'active'`;
      const [bearer] = rows;
      if (bearer?.unused)
        await this.uow.db.apiKey.update({ where: { id: bearer.id }, data: { lastUsedAt: new Date() } });
      return bearer && { id: bearer.id, userId: bearer.userId, scopes: bearer.scopes };
    });
  }

  async isLive(userId: string, id: string): Promise<boolean> {
    const unexpired = { OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] };
    const where = { id, userId, revokedAt: null, user: { status: 'active' }, ...unexpired };
    return (await this.uow.db.apiKey.count({ where })) > 0;
  }

  insert(key: {
    id: string;
    userId: string;
    name: string;
    prefix: string;
    keyHash: Bytes;
    scopes: string[];
    expiresAt: Date | null;
  }): Promise<ApiKeyRow> {
    return this.uow.db.apiKey.create({ data: key, select: fields });
  }

  /** A user's keys that are not revoked, the newest first. */
  listLive(userId: string): Promise<ApiKeyRow[]> {
    return this.uow.db.apiKey.findMany({
      where: { userId, revokedAt: null },
      orderBy: { id: 'desc' },
      select: fields,
    });
  }

  countLive(userId: string): Promise<number> {
    return this.uow.db.apiKey.count({ where: { userId, revokedAt: null } });
  }

  /** Revokes a live key of this user; answers whether there was one. */
  async revoke(userId: string, id: string): Promise<boolean> {
    const { count } = await this.uow.db.apiKey.updateMany({
      where: { id, userId, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    return count > 0;
  }

  /** Forgets a user's keys (service). */
  async removeAll(userId: string): Promise<void> {
    await this.uow.db.apiKey.deleteMany({ where: { userId } });
  }
}
