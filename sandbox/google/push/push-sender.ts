import type { EmulatorClock } from '../clock';
import type { SigningKey } from '../signing-key';
import type { PushSettings } from './push-settings';
import { pushToken } from './push-token';

/** What became of one push. */
export interface PushRecord {
  messageId: string;
  emailAddress: string;
  historyId: string;
  attempts: number;
  /** Status of the last answer; undefined when none came. */
  status: number | undefined;
  outcome: 'pending' | 'delivered' | 'dropped' | 'failed';
}

const recordLimit = 1_000;

/** Delivers mailbox changes as Pub/Sub push messages, in the background, with bounded retries. */
export class PushSender {
  private records: PushRecord[] = [];
  private readonly running = new Set<Promise<void>>();
  private readonly lastSent = new Map<string, number>();
  private counter = 0;
  private stopping = new AbortController();
  private forcedDrops = 0;
  private forcedDuplicates = 0;

  constructor(
    public settings: PushSettings,
    private readonly key: SigningKey,
    private readonly clock: EmulatorClock,
    private readonly random: () => number,
  ) {}

  /** Pushes a mailbox's new history id, unless there is no endpoint or it comes too soon after the last one. */
  notify(emailAddress: string, historyId: string): void {
    if (this.settings.endpoint === undefined) return;
    const now = this.clock.now();
    const tooSoon =
      now - (this.lastSent.get(emailAddress) ?? Number.NEGATIVE_INFINITY) < this.settings.minIntervalMs;
    const lost = tooSoon || this.chance('forcedDrops', this.settings.dropRate);
    const record = this.open(emailAddress, historyId);
    if (lost) {
      record.outcome = 'dropped';
      return;
    }
    this.lastSent.set(emailAddress, now);
    this.start(record);
    if (this.chance('forcedDuplicates', this.settings.duplicateRate)) this.start({ ...record });
  }

  /** Loses the next pushes, or delivers them twice. */
  force(next: { drop?: number; duplicate?: number }): void {
    this.forcedDrops += next.drop ?? 0;
    this.forcedDuplicates += next.duplicate ?? 0;
  }

  /** Waits until nothing is under way, retries included. */
  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  /** Gives up what is under way and forgets what was. */
  reset(): void {
    this.stopping.abort();
    this.stopping = new AbortController();
    this.records = [];
    this.lastSent.clear();
    this.forcedDrops = this.forcedDuplicates = 0;
  }

  /** The latest 1,000 pushes. */
  snapshot(): PushRecord[] {
    return this.records.map((record) => ({ ...record }));
  }

  private chance(forced: 'forcedDrops' | 'forcedDuplicates', rate: number): boolean {
    if (this[forced] === 0) return this.random() < rate;
    this[forced] -= 1;
    return true;
  }

  private open(emailAddress: string, historyId: string): PushRecord {
    const messageId = String(10_000_000_000_000 + ++this.counter);
    const record: PushRecord = {
      messageId,
      emailAddress,
      historyId,
      attempts: 0,
      status: undefined,
      outcome: 'pending',
    };
    this.records.push(record);
    if (this.records.length > recordLimit) this.records.shift();
    return record;
  }

  private start(record: PushRecord): void {
    const delivery = this.deliver(record, this.stopping.signal).finally(() => this.running.delete(delivery));
    this.running.add(delivery);
  }

  private async deliver(record: PushRecord, stop: AbortSignal): Promise<void> {
    const body = this.envelope(record);
    let wait = this.settings.retryDelayMs;
    while (record.attempts < this.settings.maxAttempts && !stop.aborted) {
      if (record.attempts > 0) await pause(wait, stop);
      if (record.attempts > 1) wait *= 2;
      record.attempts += 1;
      record.status = await this.post(body, stop);
      if (record.status !== undefined && record.status >= 200 && record.status < 300) {
        record.outcome = 'delivered';
        return;
      }
    }
    record.outcome = 'failed';
  }

  private async post(body: string, stop: AbortSignal): Promise<number | undefined> {
    const { endpoint = '', audience = endpoint, serviceAccount } = this.settings;
    const token = pushToken(this.key, { aud: audience, email: serviceAccount }, this.clock.now());
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    try {
      const signal = AbortSignal.any([stop, AbortSignal.timeout(10_000)]);
      const response = await fetch(endpoint, { method: 'POST', headers, body, signal });
      await response.body?.cancel();
      return response.status;
    } catch {
      return undefined;
    }
  }

  private envelope({ messageId, emailAddress, historyId }: PushRecord): string {
    const data = Buffer.from(JSON.stringify({ emailAddress, historyId: Number(historyId) })).toString(
      'base64',
    );
    const publishTime = new Date(this.clock.now()).toISOString();
    const names = { messageId, message_id: messageId, publishTime, publish_time: publishTime };
    return JSON.stringify({ message: { data, ...names }, subscription: this.settings.subscription });
  }
}

function pause(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((wake) => {
    const timer = setTimeout(wake, ms);
    stop.addEventListener('abort', () => {
      clearTimeout(timer);
      wake();
    });
  });
}
