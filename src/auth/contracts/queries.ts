import { Query } from '@nestjs/cqrs';

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
