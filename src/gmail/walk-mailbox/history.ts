import { Injectable } from '@nestjs/common';
import { isWanted } from '../domain/mail-filter';
import { type gmail_v1, GmailClient } from '../google/gmail-client';
import { ReadFacts } from './read-facts';
import type { Walk } from './walk';

/** Reads what changed in a mailbox since the cursor. */
@Injectable()
export class History {
  constructor(
    private readonly client: GmailClient,
    private readonly facts: ReadFacts,
  ) {}

  /**
   * Moves the cursor to the present. All pages start from the same cursor, as Google wants it; a walk that is cut off
   * goes on behind the last page that was committed.
   * @throws DomainError `gmail.history-expired` (gone).
   */
  async run(walk: Walk): Promise<void> {
    const start = walk.row.historyId ?? 1n;
    let pageToken: string | undefined;
    do {
      const page = await this.client.listHistory(walk.box, start, pageToken);
      pageToken = page.nextPageToken ?? undefined;
      const records = page.history ?? [];
      const mails = await this.facts.of(walk, await walk.unknown(candidates(records, walk)));
      const reached = pageToken === undefined ? page.historyId : lastButOne(records);
      await walk.commit(
        mails,
        reached === undefined || reached === null ? {} : { historyId: BigInt(reached) },
      );
    } while (pageToken !== undefined);
  }
}

/**
 * Messages that arrived or changed their labels, as long as they carry, after the page's last change to them, labels that
 * are wanted. One that becomes wanted later shows up in the history again.
 */
function candidates(records: readonly gmail_v1.Schema$History[], walk: Walk): string[] {
  const labels = new Map<string, string[] | undefined>();
  for (const { messagesAdded = [], labelsAdded = [], labelsRemoved = [] } of records)
    for (const { message } of [...messagesAdded, ...labelsAdded, ...labelsRemoved])
      if (message?.id) labels.set(message.id, message.labelIds ?? undefined);
  return [...labels].flatMap(([id, carried]) => (!carried || isWanted(carried, walk.filter) ? [id] : []));
}

/** Several changes may share an id, and a page may end between them: the last id is read once more. */
function lastButOne(records: readonly gmail_v1.Schema$History[]): bigint | undefined {
  const last = records.at(-1)?.id;
  return last ? BigInt(last) - 1n : undefined;
}
