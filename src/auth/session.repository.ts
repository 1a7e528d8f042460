import { Injectable } from '@nestjs/common';
import { Prisma } from '../kernel/database/generated/client';
import { UnitOfWork } from '../kernel/database/unit-of-work';

/** Which session, and whose it must be. */
export interface SessionName {
  readonly userId: string;
  readonly sessionId: string;
}

/** What a good session is good for, and the version of what its user's screens are made of. */
export interface Standing {
  role: 'user' | 'admin';
  version: string;
}

/** A session as its owner sees it in a list. */
export interface SessionRow {
  id: string;
  device: string | null;
  ipAddress: string | null;
  createdAt: Date;
  lastUsedAt: Date;
  expiresAt: Date;
}

/** A refresh token's row, with the session and the account it opens. */
export interface RefreshTokenRow {
  sessionId: string;
  userId: string;
  retiredAt: Date | null;
  successor: Uint8Array | null;
  session: { lastUsedAt: Date; expiresAt: Date; revokedAt: Date | null; user: { status: string } };
}

const sessionFields = {
  id: true,
  device: true,
  ipAddress: true,
  createdAt: true,
  lastUsedAt: true,
  expiresAt: true,
} as const;

/** Sessions and their refresh tokens. Every method joins the ambient unit of work, `standings` apart. */
@Injectable()
export class SessionRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /**
   * Those among them whose session and account are good, by user and session with a space between. Asked on every call, by
   * keys, in one round trip: a copy kept in a process would go on honouring what another process has revoked.
   */
  async standings(names: readonly SessionName[]): Promise<Map<string, Standing>> {
    const [users, sessions] = [names.map(({ userId }) => userId), names.map(({ sessionId }) => sessionId)];
    const rows = await this.uow.readAsService('authenticate calls', () =>
      this.uow.rows<Standing & { name: string }>(Prisma.sql`
        select s.user_id || ' ' || s.id as name, u.role, concat_ws(' ',
            (select stamp from credit_wallets where user_id = u.id),
            (select string_agg(stamp::text, ' ' order by slot) from reader_versions where user_id = u.id)) as version
        from (
          -- The limit keeps Postgres at one plan: without it, plans for so many names look better, and are made on every call.
          select user_id, id from unnest(${users}::uuid[], ${sessions}::uuid[]) named (user_id, id) limit ${names.length}) asked
        join user_sessions s using (id, user_id) join users u on u.id = s.user_id
        where s.revoked_at is null and s.expires_at > now() and u.status = 'active'`),
    );
    return new Map(rows.map(({ name, ...standing }) => [name, standing]));
  }

  async insert(session: {
    id: string;
    userId: string;
    device: string | null;
    ipAddress: string | null;
    expiresAt: Date;
    tokenHash: Buffer<ArrayBuffer>;
  }): Promise<void> {
    const { tokenHash, ...row } = session;
    await this.uow.db.userSession.create({ data: row });
    await this.addToken(row.id, row.userId, tokenHash);
  }

  async addToken(sessionId: string, userId: string, tokenHash: Buffer<ArrayBuffer>): Promise<void> {
    await this.uow.db.sessionRefreshToken.create({
      data: { tokenHash, sessionId, userId },
    });
  }

  /** Makes parallel refreshes of one session wait for each other. Answers whether the token is known. */
  async lockByToken(tokenHash: Buffer<ArrayBuffer>): Promise<boolean> {
    const rows = await this.uow.db.$queryRaw<unknown[]>`
      select 1 from user_sessions
      where id = (select session_id from session_refresh_tokens where token_hash = ${tokenHash}) for update`;
    return rows.length > 0;
  }

  findToken(tokenHash: Buffer<ArrayBuffer>): Promise<RefreshTokenRow | null> {
    return this.uow.db.sessionRefreshToken.findFirst({
      where: { tokenHash },
      select: {
        sessionId: true,
        userId: true,
        retiredAt: true,
        successor: true,
        session: {
          select: { lastUsedAt: true, expiresAt: true, revokedAt: true, user: { select: { status: true } } },
        },
      },
    });
  }

  /** Retires a live token in favour of its covered successor, and notes the session's use. */
  async retire(
    tokenHash: Buffer<ArrayBuffer>,
    successor: Buffer<ArrayBuffer>,
    sessionId: string,
    ipAddress: string | null,
  ): Promise<void> {
    const now = new Date();
    await this.uow.db.sessionRefreshToken.update({
      where: { tokenHash, retiredAt: null },
      data: { retiredAt: now, successor },
    });
    await this.uow.db.userSession.update({ where: { id: sessionId }, data: { lastUsedAt: now, ipAddress } });
  }

  /** Ends one live session of this user; answers whether there was one. */
  async revoke(userId: string, sessionId: string, reason: string): Promise<boolean> {
    const { count } = await this.uow.db.userSession.updateMany({
      where: { id: sessionId, userId, revokedAt: null },
      data: { revokedAt: new Date(), revokeReason: reason },
    });
    return count > 0;
  }

  /** A user's sessions that can still be used, the last used first. */
  listLive(userId: string, idleSince: Date): Promise<SessionRow[]> {
    return this.uow.db.userSession.findMany({
      where: { userId, revokedAt: null, expiresAt: { gt: new Date() }, lastUsedAt: { gt: idleSince } },
      orderBy: { lastUsedAt: 'desc' },
      select: sessionFields,
      take: 100,
    });
  }

  /** Ends every live session of this user, `exceptId` apart; answers how many there were. */
  async revokeAll(userId: string, reason: string, exceptId?: string): Promise<number> {
    const { count } = await this.uow.db.userSession.updateMany({
      where: { userId, revokedAt: null, ...(exceptId && { id: { not: exceptId } }) },
      data: { revokedAt: new Date(), revokeReason: reason },
    });
    return count;
  }

  /** Notes that the user proved who they are (service). */
  async noteProof(userId: string, sessionId: string): Promise<void> {
    await this.uow.db.userSession.updateMany({
      where: { id: sessionId, userId },
      data: { authenticatedAt: new Date() },
    });
  }

  /** When the user last proved who they are in this session; null for no session. */
  async lastProof(userId: string, sessionId: string): Promise<Date | null> {
    const session = await this.uow.db.userSession.findFirst({
      where: { id: sessionId, userId },
      select: { authenticatedAt: true },
    });
    return session?.authenticatedAt ?? null;
  }

  /** Every session of a user, ended ones too, the newest first. */
  listAll(userId: string): Promise<SessionRow[]> {
    return this.uow.db.userSession.findMany({
      where: { userId },
      orderBy: { id: 'desc' },
      select: sessionFields,
    });
  }

  /** Forgets a user's sessions and their refresh tokens (service). */
  async removeAll(userId: string): Promise<void> {
    await this.uow.db.userSession.deleteMany({ where: { userId } });
  }

  /** Forgets sessions that ended before this instant (service). */
  async purge(endedBefore: Date): Promise<void> {
    await this.uow.db.userSession.deleteMany({
      where: { OR: [{ expiresAt: { lt: endedBefore } }, { revokedAt: { lt: endedBefore } }] },
    });
  }
}
