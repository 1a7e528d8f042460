import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { type GmailConnection, type GmailOauthState, Prisma } from '../kernel/database/generated/client';
import type { ConnectionFilter } from './contracts/queries';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import type { Signs } from './domain/connection-health';
import type { ConnectionStatus, StatusReason } from './domain/connection-status';

export type { GmailConnection, GmailOauthState };

/** A connection without its tokens and cursors. */
export type ConnectionFacts = Pick<
  GmailConnection,
  'id' | 'userId' | 'emailAddress' | 'status' | 'statusReason'
> &
  Signs;

type Hash = Uint8Array<ArrayBuffer>;

/** Token columns as they are stored. */
export interface StoredTokens {
  accessTokenCipher: Uint8Array<ArrayBuffer>;
  accessTokenExpiresAt: Date;
  /** Left as it is when absent. */
  refreshTokenCipher?: Uint8Array<ArrayBuffer>;
}

/** What others may see of a connection. */
const facts = Prisma.sql`id, user_id as "userId", email_address as "emailAddress", status, status_reason as "statusReason",
  status_since as "statusSince", last_synced_at as "lastSyncedAt", failing_since as "failingSince",
  push_pending_since as "pushPendingSince", lease_expires_at as "leaseExpiresAt"`;

/** Connections and their consents under way. Every method works in the ambient unit of work. */
@Injectable()
export class GmailRepository {
  constructor(private readonly uow: UnitOfWork) {}

  async addOauthState(state: Omit<GmailOauthState, 'createdAt' | 'usedAt' | 'confirmHash'>): Promise<void> {
    await this.uow.db.gmailOauthState.create({ data: state });
  }

  /** Lets a state that is neither used nor expired be taken by whoever brings this word; the word before it is void. */
  async guardOauthState(stateHash: Hash, confirmHash: Hash): Promise<GmailOauthState | undefined> {
    const [state] = await this.uow.db.gmailOauthState.updateManyAndReturn({
      where: { stateHash, usedAt: null, expiresAt: { gt: new Date() } },
      data: { confirmHash },
    });
    return state;
  }

  /**
   * Takes a state that is neither used nor expired; a second taker gets nothing.
   * @param confirmHash of the word that has to be the guard's; absent where nobody has to confirm.
   */
  async takeOauthState(stateHash: Hash, confirmHash?: Hash): Promise<GmailOauthState | undefined> {
    const [state] = await this.uow.db.gmailOauthState.updateManyAndReturn({
      where: { stateHash, usedAt: null, expiresAt: { gt: new Date() }, ...(confirmHash && { confirmHash }) },
      data: { usedAt: new Date() },
    });
    return state;
  }

  /** Forgets consents that were begun before this instant. */
  async deleteOauthStates(before: Date): Promise<number> {
    const { count } = await this.uow.db.gmailOauthState.deleteMany({ where: { expiresAt: { lt: before } } });
    return count;
  }

  list(userId: string): Promise<GmailConnection[]> {
    return this.uow.db.gmailConnection.findMany({ where: { userId }, orderBy: { id: 'asc' } });
  }

  /** What others may see of a user's connections, the oldest first: none of their secrets leaves the database. */
  describe(userId: string): Promise<ConnectionFacts[]> {
    return this.uow.rows<ConnectionFacts>(Prisma.sql`
      select ${facts} from gmail_connections where user_id = ${userId}::uuid order by id`);
  }

  /** The same over all users, the newest first, below the id `before`. */
  search(filter: ConnectionFilter, before: string | null, limit: number): Promise<ConnectionFacts[]> {
    const { userId = null, status = null, address } = filter;
    const part = address === undefined ? null : `%${address.replace(/[\\%_]/g, '\\$&')}%`;
    return this.uow.rows<ConnectionFacts>(Prisma.sql`
      select ${facts} from gmail_connections
      where (${userId}::uuid is null or user_id = ${userId}::uuid)
        and (${status}::text is null or status = ${status})
        and (${part}::text is null or email_address::text ilike ${part})
        and (${before}::uuid is null or id < ${before}::uuid)
      order by id desc limit ${limit}`);
  }

  find(userId: string, id: string): Promise<GmailConnection | null> {
    return this.uow.db.gmailConnection.findFirst({ where: { id, userId } });
  }

  /** The connection, locked until the commit. */
  async lock(userId: string, id: string): Promise<GmailConnection | null> {
    await this.uow.db.$executeRaw`
      select from gmail_connections where id = ${id}::uuid and user_id = ${userId}::uuid for update`;
    return this.find(userId, id);
  }

  /** The user's connection to this Google account, made `pending` when there is none; locked until the commit. */
  async lockForConsent(
    userId: string,
    googleSubject: string,
    emailAddress: string,
  ): Promise<GmailConnection> {
    await this.uow.db.$executeRaw`
      insert into gmail_connections (id, user_id, google_subject, email_address, status, status_reason)
      values (${uuidv7()}::uuid, ${userId}::uuid, ${googleSubject}, ${emailAddress}, 'pending', 'consent-unfinished')
      on conflict (user_id, google_subject) do nothing`;
    await this.uow.db.$executeRaw`
      select from gmail_connections
      where user_id = ${userId}::uuid and google_subject = ${googleSubject} for update`;
    return this.uow.db.gmailConnection.findFirstOrThrow({
      where: { userId, googleSubject },
    });
  }

  /** A consent was given: the tokens are stored and the connection works. */
  async connect(id: string, emailAddress: string, scopes: string[], tokens: StoredTokens): Promise<void> {
    await this.uow.db.gmailConnection.update({
      where: { id },
      data: {
        ...tokens,
        emailAddress,
        scopes,
        lastErrorCode: null,
        failingSince: null,
        stalledAt: null,
        ...working(),
      },
    });
  }

  /** Moves a connection on, if it still stands where `from` says; false otherwise. */
  async move(
    userId: string,
    id: string,
    from: ConnectionStatus,
    to: ConnectionStatus,
    reason: StatusReason | null,
  ): Promise<boolean> {
    const { count } = await this.uow.db.gmailConnection.updateMany({
      where: { id, userId, status: from },
      data: { status: to, statusReason: reason, statusSince: new Date() },
    });
    return count === 1;
  }

  /** Takes what names a person, or whom they write with, out of what is kept of a deleted account. */
  async anonymise(userId: string): Promise<void> {
    await this.uow.db.$executeRaw`
      update gmail_connections set email_address = 'deleted', google_subject = id::text where user_id = ${userId}::uuid`;
    await this.uow.db.gmailOauthState.deleteMany({ where: { userId } });
    await this.uow.db.emailRule.deleteMany({ where: { userId } });
    await this.uow.db.emailDiscovery.updateMany({ where: { userId }, data: { sender: null, listId: null } });
  }

  /** A user's mailboxes without their secrets. */
  async describeAll(userId: string) {
    return this.uow.db.gmailConnection.findMany({
      where: { userId },
      select: {
        id: true,
        emailAddress: true,
        status: true,
        scopes: true,
        createdAt: true,
        lastSyncedAt: true,
      },
      orderBy: { id: 'asc' },
    });
  }

  async listDiscoveries(userId: string) {
    const select = {
      id: true,
      gmailMessageId: true,
      revision: true,
      labels: true,
      sender: true,
      listId: true,
      receivedAt: true,
      discoveredAt: true,
    } as const;
    return this.uow.db.emailDiscovery.findMany({ where: { userId }, select, orderBy: { id: 'asc' } });
  }

  async listActions(userId: string) {
    const select = { emailId: true, kind: true, status: true, requestedBy: true, requestedAt: true } as const;
    return this.uow.db.emailAction.findMany({ where: { userId }, select, orderBy: { id: 'asc' } });
  }

  /** Ends a connection and wipes its tokens; the mails found so far stay. */
  async disconnect(id: string): Promise<void> {
    await this.uow.db.gmailConnection.update({
      where: { id },
      data: {
        status: 'disconnected',
        statusReason: 'disconnected-by-user' satisfies StatusReason,
        statusSince: new Date(),
        scopes: [],
        accessTokenCipher: null,
        accessTokenExpiresAt: null,
        refreshTokenCipher: null,
        watchExpiresAt: null,
        pushPendingSince: null,
        leaseToken: null,
        leaseExpiresAt: null,
      },
    });
  }
}

function working(): { status: ConnectionStatus; statusReason: null; statusSince: Date } {
  return { status: 'connected', statusReason: null, statusSince: new Date() };
}
