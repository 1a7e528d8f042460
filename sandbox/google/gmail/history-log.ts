/** One change of one message. `labelIds` of the message are those right after the change. */
export interface HistoryRecord {
  id: number;
  at: number;
  kind: HistoryKind;
  message: { id: string; threadId: string; labelIds: string[] };
  /** The labels put on or taken off. */
  labelIds?: string[];
}

export type HistoryKind = 'messageAdded' | 'messageDeleted' | 'labelAdded' | 'labelRemoved';

const widestGap = 40;

/** The changes of a mailbox under ids that rise with random gaps, kept for a limited time. */
export class HistoryLog {
  private records: HistoryRecord[] = [];
  private latest = 10_000;
  /** Cursors below this one have lost records. */
  private floor = 10_000;

  constructor(
    private readonly retentionMs: number,
    private readonly now: () => number,
    private readonly random: () => number,
  ) {}

  /** The mailbox's current history id. */
  get current(): number {
    return this.latest;
  }

  append(kind: HistoryKind, message: HistoryRecord['message'], labelIds?: string[]): number {
    this.latest += 1 + Math.floor(this.random() * widestGap);
    this.records.push({ id: this.latest, at: this.now(), kind, message, labelIds });
    return this.latest;
  }

  /** The records after a cursor, oldest first; undefined when the cursor is too old or was never given out. */
  after(cursor: number): HistoryRecord[] | undefined {
    this.forgetOld();
    if (cursor < this.floor || cursor > this.latest) return undefined;
    return this.records.slice(this.firstAfter(cursor));
  }

  /** Forgets all records, so that every cursor given out so far is too old. */
  expire(): void {
    this.latest += 1 + Math.floor(this.random() * widestGap);
    this.floor = this.latest;
    this.records = [];
  }

  private forgetOld(): void {
    const oldest = this.now() - this.retentionMs;
    const kept = this.records.findIndex((record) => record.at >= oldest);
    const dropped = this.records.splice(0, kept === -1 ? this.records.length : kept);
    this.floor = dropped.at(-1)?.id ?? this.floor;
  }

  private firstAfter(cursor: number): number {
    let low = 0;
    let high = this.records.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.records[middle]?.id ?? 0) <= cursor) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
