import { Injectable } from '@nestjs/common';
import type { gmail_v1 } from '../google/gmail-client';
import { isWanted } from '../domain/mail-filter';
import { listIdOf, senderOf } from '../domain/mail-rule';
import { GmailBatch } from '../google/gmail-batch';
import type { FoundMail } from '../walks.repository';
import type { Walk } from './walk';

/** Turns Gmail ids into mails to discover: what is gone or not wanted drops out. */
@Injectable()
export class ReadFacts {
  constructor(private readonly batch: GmailBatch) {}

  async of(walk: Walk, gmailMessageIds: readonly string[]): Promise<FoundMail[]> {
    if (gmailMessageIds.length === 0) return [];
    const facts = await this.batch.messageFacts(walk.box, gmailMessageIds);
    return gmailMessageIds.flatMap((id) => {
      const message = facts.get(id);
      return message && isWanted(message.labelIds ?? [], walk.filter) ? [foundMail(id, message)] : [];
    });
  }
}

function foundMail(id: string, message: gmail_v1.Schema$Message): FoundMail {
  const header = (name: string): string | undefined =>
    message.payload?.headers?.find((one) => one.name?.toLowerCase() === name)?.value ?? undefined;
  return {
    gmailMessageId: id,
    gmailThreadId: message.threadId ?? id,
    labels: message.labelIds ?? [],
    sender: senderOf(header('from')),
    listId: listIdOf(header('list-id')),
    receivedAt: new Date(Number(message.internalDate ?? 0)),
  };
}
