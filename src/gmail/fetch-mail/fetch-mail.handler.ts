import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { type FetchedMail, FetchMail } from '../contracts/queries';
import { type gmail_v1, GmailClient } from '../google/gmail-client';
import { Mailboxes } from '../mailboxes';
import { type MailPlace, WalksRepository } from '../walks.repository';
import { toMailPart } from './mail-part';
import { detachedTexts } from './detached-texts';

@QueryHandler(FetchMail)
export class FetchMailHandler implements IQueryHandler<FetchMail> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly mails: WalksRepository,
    private readonly mailboxes: Mailboxes,
    private readonly client: GmailClient,
  ) {}

  async execute({ userId, emailId }: FetchMail): Promise<FetchedMail> {
    const { connection, gmailMessageId, ...mail } = await this.locate(userId, emailId);
    const box = this.mailboxes.open(connection, connection);
    const message = await this.client.message(box, gmailMessageId);
    const payload = toMailPart(message.payload ?? {});
    for (const { body } of detachedTexts(payload)) {
      const { data, size } = await this.client.attachment(box, gmailMessageId, body.attachmentId);
      Object.assign(body, { data: data ?? undefined, size: size ?? body.size });
    }
    return {
      emailId,
      connectionId: connection.id,
      gmailMessageId,
      gmailThreadId: message.threadId ?? mail.gmailThreadId,
      labels: message.labelIds ?? [],
      receivedAt: receivedAt(message, mail.receivedAt).toISOString(),
      payload,
    };
  }

  private async locate(userId: string, emailId: string): Promise<MailPlace> {
    const place = await this.uow.readAsUser(userId, () => this.mails.locate(userId, emailId));
    if (!place) throw new DomainError('not-found', 'gmail.email-unknown', 'There is no such mail');
    return place;
  }
}

function receivedAt(message: gmail_v1.Schema$Message, known: Date | null): Date {
  return message.internalDate ? new Date(Number(message.internalDate)) : (known ?? new Date());
}
