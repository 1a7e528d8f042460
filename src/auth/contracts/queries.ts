import { Query } from '@nestjs/cqrs';

/**
 * Lets a dangerous act go on only when the user proved who they are within the last 10 minutes.
 * @throws DomainError `auth.recent-proof-needed` (forbidden).
 */
export class RequireRecentProof extends Query<void> {
  constructor(
    readonly userId: string,
    readonly sessionId: string,
  ) {
    super();
  }
}

/**
 * The address of Google's consent page for this user and session. Registration hands it out; the gmail module, which
 * stands after auth in the import law, answers it.
 */
export class GetGmailConsentUrl extends Query<string> {
  constructor(
    readonly userId: string,
    readonly sessionId: string,
  ) {
    super();
  }
}

/**
 * Lets something that was begun in a session be finished only while that session lives.
 * @throws DomainError `auth.session-ended` (forbidden) when it was revoked, ran out, or its account is not active.
 */
export class RequireLiveSession extends Query<void> {
  constructor(
    readonly userId: string,
    readonly sessionId: string,
  ) {
    super();
  }
}
