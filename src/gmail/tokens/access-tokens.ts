import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { measureCache } from '../../kernel/observability/instruments';
import { Metrics } from '../../kernel/observability/metrics';
import { Outbox } from '../../kernel/outbox/outbox';
import { ConnectionNeedsReauth } from '../contracts/events';
import { GoogleOAuth } from '../google/google-oauth';
import { TokenVault } from './token-vault';
import { type ConnectionSecrets, TokensRepository } from './tokens.repository';

/** A token that lives for less than this is refreshed before it is used, ms. */
const marginMs = 60_000;
/** Longer than a refresh with its retries takes; afterwards another process may try, ms. */
const leaseMs = 45_000;
const firstLookMs = 40;
const longestLookMs = 500;

/**
 * Google's access tokens, refreshed by one process at a time: whoever claims the row's lease asks Google, everybody else
 * reads the answer from the row. A refused refresh token disconnects only while it is still the stored one.
 */
@Injectable()
export class AccessTokens {
  private readonly underWay = new Map<string, Promise<string>>();
  private readonly onLookup;

  constructor(
    private readonly repository: TokensRepository,
    private readonly vault: TokenVault,
    private readonly google: GoogleOAuth,
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    metrics: Metrics,
  ) {
    this.onLookup = measureCache(metrics, 'google-token');
  }

  /**
   * @param seen the row as it was read just now, which spares another look at it.
   * @throws DomainError `gmail.needs-reauth` or `gmail.not-connected` (conflict), or a retryable one.
   */
  get(userId: string, connectionId: string, seen?: ConnectionSecrets): Promise<string> {
    const known = this.underWay.get(connectionId);
    if (known) return known;
    const started = this.readOrRefresh(userId, connectionId, seen).finally(() =>
      this.underWay.delete(connectionId),
    );
    this.underWay.set(connectionId, started);
    return started;
  }

  /** Google refused this access token before its time: the next `get` refreshes, unless somebody has already. */
  async refused(userId: string, connectionId: string, token: string): Promise<void> {
    const { accessTokenCipher: sealed, ...row } = await this.read(userId, connectionId);
    if (!sealed || this.vault.open(sealed, 'access_token', row) !== token) return;
    await this.uow.readAsService('drop a refused access token', () =>
      this.repository.expireAccessToken(row.id, sealed),
    );
  }

  private async readOrRefresh(
    userId: string,
    connectionId: string,
    seen: ConnectionSecrets | undefined,
  ): Promise<string> {
    const until = Date.now() + 2 * leaseMs;
    for (let lookMs = firstLookMs; Date.now() < until; lookMs = Math.min(lookMs * 2, longestLookMs)) {
      const isFirst = lookMs === firstLookMs;
      const row = isFirst && seen ? usable(seen) : await this.read(userId, connectionId);
      const good =
        row.accessTokenCipher && (row.accessTokenExpiresAt?.getTime() ?? 0) > Date.now() + marginMs;
      if (isFirst) this.onLookup(Boolean(good));
      if (row.accessTokenCipher && good) return this.vault.open(row.accessTokenCipher, 'access_token', row);
      const refreshed = await this.refreshIfFirst(row);
      if (refreshed !== undefined) return refreshed;
      await wait(lookMs);
    }
    throw new DomainError(
      'unavailable',
      'gmail.token-refresh-busy',
      'Another process did not finish a token refresh',
    );
  }

  /** Undefined when somebody else is refreshing, or the consent was replaced meanwhile: look again. */
  private async refreshIfFirst(row: ConnectionSecrets): Promise<string | undefined> {
    const lease = uuidv7();
    const goodUntil = new Date(Date.now() + marginMs);
    const first = await this.uow.readAsService('claim a token refresh', () =>
      this.repository.claimRefresh(row.id, lease, leaseMs, goodUntil),
    );
    if (!first) return undefined;
    // Read again behind the lease: a reconnect may have replaced the consent since.
    const current = await this.read(row.userId, row.id);
    try {
      return await this.refresh(current);
    } catch (error) {
      if (isRefusal(error) && !(await this.giveUp(current, error))) return undefined;
      throw error;
    } finally {
      await this.uow.readAsService('release a token refresh', () =>
        this.repository.releaseRefresh(row.id, lease),
      );
    }
  }

  private async refresh(row: ConnectionSecrets): Promise<string | undefined> {
    const used = row.refreshTokenCipher;
    if (!used) return undefined;
    const { accessToken, expiresAt } = await this.google.refresh(this.vault.open(used, 'refresh_token', row));
    const accessTokenCipher = this.vault.seal(accessToken, 'access_token', row);
    const stored = await this.uow.readAsService('store a refreshed token', () =>
      this.repository.storeAccessToken(row.id, used, { accessTokenCipher, accessTokenExpiresAt: expiresAt }),
    );
    return stored ? accessToken : undefined;
  }

  private giveUp(row: ConnectionSecrets, error: DomainError): Promise<boolean> {
    const reason = error.code === 'gmail.needs-reauth' ? 'consent-revoked' : 'refused-by-administrator';
    return this.uow.asService('Google refused a consent', async () => {
      const failed = row.refreshTokenCipher;
      if (!failed || !(await this.repository.needReauth(row.id, failed, reason))) return false;
      await this.outbox.publish(new ConnectionNeedsReauth(row.userId, row.id, reason));
      return true;
    });
  }

  private async read(userId: string, connectionId: string): Promise<ConnectionSecrets> {
    const row = await this.uow.readAsUser(userId, () => this.repository.find(userId, connectionId));
    if (!row) throw new DomainError('not-found', 'gmail.connection-unknown', 'There is no such mailbox');
    return usable(row);
  }
}

function isRefusal(error: unknown): error is DomainError {
  return (
    error instanceof DomainError &&
    ['gmail.needs-reauth', 'gmail.refused-by-administrator'].includes(error.code)
  );
}

function usable(row: ConnectionSecrets): ConnectionSecrets {
  if (row.status === 'needs_reauth')
    throw new DomainError('conflict', 'gmail.needs-reauth', 'The mailbox must be connected again');
  if (!row.refreshTokenCipher)
    throw new DomainError('conflict', 'gmail.not-connected', 'The mailbox is not connected');
  return row;
}
