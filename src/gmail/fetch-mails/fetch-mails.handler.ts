import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { type FetchedMail, FetchMails } from '../contracts/queries';
import { GmailBatch, type Messages } from '../google/gmail-batch';
import { type gmail_v1, GmailClient } from '../google/gmail-client';
import { Mailboxes } from '../mailboxes';
import { type MailPlace, WalksRepository } from '../walks.repository';
import { toMailPart } from './mail-part';
import { detachedTexts } from './detached-texts';

/** What one call to each mailbox brought, by the connection's id. */
type Brought = ReadonlyMap<string, Promise<Messages>>;

@QueryHandler(FetchMails)
export class FetchMailsHandler implements IQueryHandler<FetchMails> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly mails: WalksRepository,
    private readonly mailboxes: Mailboxes,
    private readonly client: GmailClient,
    private readonly batch: GmailBatch,
  ) {}

  async execute({ userId, emailIds }: FetchMails): Promise<Map<string, Promise<FetchedMail>>> {
    const places = await this.uow.readAsUser(userId, () => this.mails.locate(userId, emailIds));
    const brought = this.callEachMailbox([...places.values()]);
    const fetch = async (emailId: string): Promise<FetchedMail> => {
      const place = places.get(emailId);
      if (!place) throw new DomainError('not-found', 'gmail.email-unknown', 'There is no such mail');
      return this.read(emailId, place, await brought.get(place.connection.id));
    };
    return new Map(emailIds.map((emailId) => [emailId, watched(fetch(emailId))]));
  }

  /** Never by Google's account: one user's token does not fetch what another has asked for. A mail that is alone is not asked for here. */
  private callEachMailbox(places: MailPlace[]): Brought {
    const mailboxes = new Map<string, MailPlace[]>();
    for (const place of places) {
      const { id } = place.connection;
      mailboxes.set(id, [...(mailboxes.get(id) ?? []), place]);
    }
    const calls = [...mailboxes].flatMap(([id, [first, ...others]]) => {
      if (!first || others.length === 0) return [];
      const ids = [first, ...others].map(({ gmailMessageId }) => gmailMessageId);
      const box = this.mailboxes.open(first.connection, first.connection);
      return [[id, watched(this.batch.messages(box, ids))] as const];
    });
    return new Map(calls);
  }

  private async read(emailId: string, place: MailPlace, brought?: Messages): Promise<FetchedMail> {
    const { connection, gmailMessageId } = place;
    const box = this.mailboxes.open(connection, connection);
    const message = brought?.get(gmailMessageId) ?? (await this.client.message(box, gmailMessageId));
    const payload = toMailPart(message.payload ?? {});
    for (const { body } of detachedTexts(payload)) {
      const { data, size } = await this.client.attachment(box, gmailMessageId, body.attachmentId);
      Object.assign(body, { data: data ?? undefined, size: size ?? body.size });
    }
    return {
      emailId,
      connectionId: connection.id,
      gmailMessageId,
      gmailThreadId: message.threadId ?? place.gmailThreadId,
      revision: place.revision,
      labels: message.labelIds ?? [],
      receivedAt: receivedAt(message, place.receivedAt).toISOString(),
      payload,
    };
  }
}

function receivedAt(message: gmail_v1.Schema$Message, known: Date | null): Date {
  return message.internalDate ? new Date(Number(message.internalDate)) : (known ?? new Date());
}

/** A promise whose failure is nobody's surprise before it is awaited. */
function watched<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
