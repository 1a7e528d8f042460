import { Injectable } from '@nestjs/common';
import type { MailboxCredentials } from './google/gmail-calls';
import { AccessTokens } from './tokens/access-tokens';

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

  open({ id, userId, googleSubject }: MailboxRow): MailboxCredentials {
    return {
      // Two users may have connected one account: Google counts it once.
      mailbox: googleSubject,
      accessToken: () => this.tokens.get(userId, id),
      refused: (token) => this.tokens.refused(userId, id, token),
    };
  }
}
