import { Injectable } from '@nestjs/common';
import type { MailboxCredentials } from './google/gmail-calls';
import { AccessTokens } from './tokens/access-tokens';
import type { ConnectionSecrets } from './tokens/tokens.repository';

/** A connection as far as calling Gmail for it needs. */
export interface MailboxRow {
  id: string;
  userId: string;
  googleSubject: string;
}

/** Opens a connection's mailbox for calls: its tokens, and the quota of the Google account behind it. */
@Injectable()
export class Mailboxes {
  constructor(private readonly tokens: AccessTokens) {}

  /** @param seen the connection's secrets as they were read just now: its first token is taken from there. */
  open({ id, userId, googleSubject }: MailboxRow, seen?: ConnectionSecrets): MailboxCredentials {
    let first = seen;
    return {
      // Two users may have connected one account: Google counts it once.
      mailbox: googleSubject,
      accessToken: () => {
        const row = first;
        first = undefined;
        return this.tokens.get(userId, id, row);
      },
      refused: (token) => this.tokens.refused(userId, id, token),
    };
  }
}
