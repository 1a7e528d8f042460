import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/errors/domain-error';
import { searchQuery } from '../domain/mail-filter';
import type { MailboxCredentials } from '../google/gmail-calls';
import { GmailClient } from '../google/gmail-client';
import { ReadFacts } from './read-facts';
import type { Walk } from './walk';

const pageSize = 100;
const dayMs = 86_400_000;
/**
 * How far before the last good date a backfill reaches that repairs an expired cursor, ms. Listing costs a two-hundredth
 * of a unit per mail and known mails cost no more, so it reaches far enough for mails that came out of spam late.
 */
const overlapMs = 30 * dayMs;

/** Reads a mailbox backwards in time, page by page; a walk that was cut off goes on where its last page ended. */
@Injectable()
export class Backfill {
  constructor(
    private readonly client: GmailClient,
    private readonly facts: ReadFacts,
  ) {}

  /**
   * Notes the history id of this moment, from which history takes over once the backfill is through, and the oldest date
   * wanted. Called for a new mailbox, and again when the history since the cursor is no longer kept.
   */
  async begin(walk: Walk): Promise<void> {
    const { historyId, syncedThrough, backfillDays } = walk.row;
    const repairFrom = historyId !== null && syncedThrough ? syncedThrough.getTime() - overlapMs : undefined;
    const oldest = backfillDays === null ? undefined : Date.now() - backfillDays * dayMs;
    const after = repairFrom ?? oldest;
    await walk.commit([], {
      backfillHistoryId: await this.currentHistoryId(walk.box),
      backfillAfter: after === undefined ? null : new Date(after),
      backfillPageToken: null,
      backfillUnsearched: false,
      backfillTaken: 0,
      backfillCompletedAt: null,
    });
  }

  /** @param maxMails most mails that a first backfill takes; one that repairs a cursor takes all. */
  async run(walk: Walk, maxMails: number | undefined): Promise<void> {
    if (walk.row.backfillHistoryId === null) await this.begin(walk);
    const most = walk.row.historyId === null ? (maxMails ?? Infinity) : Infinity;
    while (walk.row.backfillCompletedAt === null) await this.page(walk, most);
  }

  private async page(walk: Walk, most: number): Promise<void> {
    const { row } = walk;
    const skipped = row.backfillUnsearched ? [] : row.skipLabels;
    const q = searchQuery(skipped, row.backfillAfter);
    const pageToken = row.backfillPageToken ?? undefined;
    const query = { maxResults: pageSize, pageToken, ...(q !== '' && { q }) };
    const page = await this.client.listMessages(walk.box, query).catch((error: unknown) => {
      if (!isStaleToken(error, pageToken)) throw error;
      return undefined;
    });
    // A page token that Google no longer takes: from the top again, past what is known.
    if (!page) return walk.commit([], { backfillPageToken: null });
    // A search that finds nothing at all is not believed: it may be one that this server does not understand.
    if (!page.messages?.length && !pageToken && skipped.length > 0)
      return walk.commit([], { backfillUnsearched: true });
    const ids = (page.messages ?? []).flatMap(({ id }) => (id ? [id] : []));
    const room = most - row.backfillTaken;
    const wanted = await this.facts.of(walk, await walk.unknown(ids));
    const taken = wanted.slice(0, room);
    const next = wanted.length >= room ? undefined : (page.nextPageToken ?? undefined);
    await walk.commit(taken, {
      backfillPageToken: next ?? null,
      backfillTaken: row.backfillTaken + taken.length,
      ...(next === undefined && {
        backfillCompletedAt: new Date(),
        backfillHistoryId: null,
        historyId: row.backfillHistoryId ?? undefined,
      }),
    });
  }

  private async currentHistoryId(box: MailboxCredentials): Promise<bigint> {
    const profile = await this.client.profile(box).catch((error: unknown) => {
      if (error instanceof DomainError && error.code === 'gmail.not-found') return undefined;
      throw error;
    });
    if (profile?.historyId) return BigInt(profile.historyId);
    return this.newestHistoryId(box);
  }

  /** For servers of the same API that have no profile: the newest message's last change is a point we know of. */
  private async newestHistoryId(box: MailboxCredentials): Promise<bigint> {
    const { messages = [] } = await this.client.listMessages(box, { maxResults: 1 });
    const [newest] = messages;
    if (!newest?.id) return 1n;
    const { historyId } = await this.client.messageFacts(box, newest.id);
    return BigInt(historyId ?? 1);
  }
}

function isStaleToken(error: unknown, pageToken: string | undefined): boolean {
  return pageToken !== undefined && error instanceof DomainError && error.code === 'gmail.request-refused';
}
