import { HistoryLog } from './history-log';
import { LabelCatalog } from './labels';
import { StoredMessage } from './stored-message';
import { ThreadIndex } from './threads';

/** A message to put into a mailbox. */
export interface NewMessage {
  raw: Buffer;
  /** Epoch ms. Default: now. */
  internalDate?: number;
  /** Default INBOX and UNREAD. */
  labels?: string[];
  threadId?: string;
}

/** A running `watch`. */
export interface Watch {
  topicName: string;
  labelIds: string[];
  behavior: 'include' | 'exclude';
  /** Epoch ms. */
  expiration: number;
}

export interface MailboxSurroundings {
  historyRetentionMs: number;
  now: () => number;
  random: () => number;
  /** Called once per change, or once per bulk arrival, with the labels that it touched. */
  changed: (mailbox: Mailbox, labelIds: ReadonlySet<string>) => void;
}

const firstMessageId = 0x19a0_0000_0000_0000n;
const messageIdStep = 0x9e37_79b1n;

/** One user's mailbox: messages, labels, threads, history, watch. Every change writes history and may be pushed. */
export class Mailbox {
  readonly labels = new LabelCatalog();
  readonly history: HistoryLog;
  watch: Watch | undefined;
  private readonly messages = new Map<string, StoredMessage>();
  private readonly ordered: StoredMessage[] = [];
  private readonly threads = new ThreadIndex();
  private arrived = 0n;

  constructor(
    readonly email: string,
    private readonly surroundings: MailboxSurroundings,
  ) {
    const { historyRetentionMs, now, random } = surroundings;
    this.history = new HistoryLog(historyRetentionMs, now, random);
  }

  /** Lets messages arrive, in this order; one push for all of them. */
  add(arrivals: readonly NewMessage[]): StoredMessage[] {
    const added = arrivals.map((arrival) => this.addOne(arrival));
    if (added.length > 0) this.changedWith(added.flatMap((message) => [...message.labelIds]));
    return added;
  }

  find(id: string): StoredMessage | undefined {
    return this.messages.get(id);
  }

  /** All messages, newest first. */
  newestFirst(): readonly StoredMessage[] {
    return this.ordered;
  }

  /** The messages of a thread, oldest first. */
  thread(threadId: string): StoredMessage[] {
    return this.ordered.filter((message) => message.threadId === threadId).reverse();
  }

  /** Puts labels on and takes labels off; only real changes are written down. Labels that are in both are put on. */
  relabel(targets: readonly StoredMessage[], add: readonly string[], remove: readonly string[]): void {
    const touched = new Set<string>();
    for (const message of targets) {
      const removed = remove.filter((id) => message.labelIds.has(id) && !add.includes(id));
      const added = add.filter((id) => !message.labelIds.has(id));
      for (const id of removed) message.labelIds.delete(id);
      for (const id of added) message.labelIds.add(id);
      if (added.length > 0) this.write('labelAdded', message, added);
      if (removed.length > 0) this.write('labelRemoved', message, removed);
      if (added.length + removed.length > 0)
        for (const id of [...message.labelIds, ...removed]) touched.add(id);
    }
    if (touched.size > 0) this.changedWith(touched);
  }

  /** Removes a message for good; false when there is none. */
  delete(id: string): boolean {
    const message = this.messages.get(id);
    if (!message) return false;
    this.messages.delete(id);
    this.ordered.splice(this.position(message), 1);
    this.write('messageDeleted', message);
    this.changedWith(message.labelIds);
    return true;
  }

  /** The index of the first message in `newestFirst` that is not before this place. */
  position(place: Pick<StoredMessage, 'internalDate' | 'id'>): number {
    let low = 0;
    let high = this.ordered.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const probe = this.ordered[middle];
      if (probe && isNewer(probe, place)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private addOne(arrival: NewMessage): StoredMessage {
    const labels = new Set(arrival.labels ?? ['INBOX', 'UNREAD']);
    const date = arrival.internalDate ?? this.surroundings.now();
    const message = new StoredMessage(this.nextId(), arrival.raw, date, labels);
    message.threadId = this.threads.place(message, arrival.threadId);
    this.messages.set(message.id, message);
    this.ordered.splice(this.position(message), 0, message);
    this.write('messageAdded', message);
    return message;
  }

  // The n-th message of every mailbox has the same id: Gmail promises no more than uniqueness within a mailbox.
  private nextId(): string {
    this.arrived += 1n;
    return (firstMessageId + this.arrived * messageIdStep).toString(16).padStart(16, '0');
  }

  private write(kind: Parameters<HistoryLog['append']>[0], message: StoredMessage, labels?: string[]): void {
    const { id, threadId } = message;
    message.historyId = this.history.append(kind, { id, threadId, labelIds: [...message.labelIds] }, labels);
  }

  private changedWith(labelIds: Iterable<string>): void {
    this.surroundings.changed(this, new Set(labelIds));
  }
}

function isNewer(
  one: Pick<StoredMessage, 'internalDate' | 'id'>,
  other: Pick<StoredMessage, 'internalDate' | 'id'>,
): boolean {
  if (one.internalDate !== other.internalDate) return one.internalDate > other.internalDate;
  return one.id > other.id;
}
