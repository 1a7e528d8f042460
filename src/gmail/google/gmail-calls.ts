import { Injectable } from '@nestjs/common';
import { EnvDto } from '../../kernel/config/env.dto';
import { DomainError } from '../../kernel/errors/domain-error';
import { QuotaBudget } from '../quota/quota-budget';
import { type GmailMethod, type UnitTable, unitTable } from './gmail-methods';
import { GoogleUpstream } from './google-upstream';
import { faultOf } from './google-fault';
import { type CallTarget, parseGoogleError } from './parse-google-error';

/** Patience with a mailbox when Google names none, ms. */
const ownPatienceMs = 1_000;

const largestBatch = 50;
const smallestBatch = 5;
const batchesPerMinute = 24;

/** How a call proves whose mailbox it may touch. */
export interface MailboxCredentials {
  /** The mailbox whose quota pays. */
  readonly mailbox: string;
  accessToken(): Promise<string>;
  /** Tells that Google refused this token, so that `accessToken` gives another. */
  refused(token: string): Promise<void>;
}

/** What is called, how many times in one request, and what it is about. */
export interface GmailCall {
  method: GmailMethod;
  count: number;
  target: CallTarget;
}

/** How every call to the Gmail API is made: quota first, then the token, then the request, under the upstream policy. */
@Injectable()
export class GmailCalls {
  private readonly units: UnitTable;
  private readonly unitsPerMinute: number;

  constructor(
    env: EnvDto,
    private readonly quota: QuotaBudget,
    private readonly upstream: GoogleUpstream,
  ) {
    this.units = unitTable(env.GMAIL_METHOD_UNITS);
    this.unitsPerMinute = env.GMAIL_UNITS_PER_USER_PER_MINUTE;
  }

  /**
   * Calls of a method that go into one batch: Google recommends 50 at most, and a batch that takes a small part of the
   * minute's units leaves little of them unused.
   */
  batchSize(method: GmailMethod): number {
    const fitting = Math.floor(this.unitsPerMinute / batchesPerMinute / this.units[method]);
    return Math.min(largestBatch, Math.max(smallestBatch, fitting));
  }

  /** Sends once more with a fresh token when Google refuses the first. @throws DomainError as `parseGoogleError` says. */
  async call<T>(
    box: MailboxCredentials,
    call: GmailCall,
    send: (token: string, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const token = await box.accessToken();
    try {
      return await this.send(box, call, token, send);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'gmail.access-token-refused') throw error;
      await box.refused(token);
      return this.send(box, call, await box.accessToken(), send);
    }
  }

  private async send<T>(
    box: MailboxCredentials,
    { method, count, target }: GmailCall,
    token: string,
    send: (token: string, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const units = this.units[method] * count;
    await this.quota.take(box.mailbox, units);
    let attempts = 0;
    return this.upstream.api(method, target, async (signal) => {
      // A repeated attempt costs Google's units again, but must not wait inside the policy's timeout.
      if (attempts++ > 0) await this.quota.charge(box.mailbox, units);
      return send(token, signal).catch((error: unknown) => {
        throw this.notePatience(box, error, target);
      });
    });
  }

  /** What Google tells one call, the mailbox's other calls obey too. */
  private notePatience(box: MailboxCredentials, error: unknown, target: CallTarget): DomainError {
    const parsed =
      error instanceof DomainError ? error : parseGoogleError(faultOf(error), target, Date.now());
    if (parsed.kind === 'rate-limited') this.quota.pause(box.mailbox, parsed.retryAfterMs ?? ownPatienceMs);
    return parsed;
  }
}
