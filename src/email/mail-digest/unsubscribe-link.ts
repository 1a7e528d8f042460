import { DomainError } from '../../kernel/errors/domain-error';
import type { CursorCodec } from '../../kernel/http/cursor';

const purpose = 'email.digest-unsubscribe';

/** An address that turns a user's digest off and can do nothing else. It is signed and does not expire: mails get old. */
export function unsubscribeLink(publicUrl: string, codec: CursorCodec, userId: string): string {
  return `${publicUrl.replace(/\/$/, '')}/api/email/digest/unsubscribe?token=${codec.encode(purpose, [userId])}`;
}

/** Whose digest a link turns off. @throws DomainError `email.bad-unsubscribe-link` (invalid). */
export function readUnsubscribeToken(codec: CursorCodec, token: string): string {
  try {
    return String(codec.decode(purpose, token)[0]);
  } catch (cause) {
    throw new DomainError('invalid', 'email.bad-unsubscribe-link', 'This is no link that we sent.', {
      cause,
    });
  }
}
