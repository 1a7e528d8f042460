import { Injectable } from '@nestjs/common';
import { measureCache } from '../../observability/instruments';
import { Metrics } from '../../observability/metrics';

/** An answer, and what it is an answer to: the reader's version, and the stretch of time in which the clock changes nothing. */
export interface KeptAnswer {
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly until: number;
  /** JSON. Outside of the heap, where it costs the collector nothing. */
  readonly body: Buffer;
  /** The `Link` header of a page. */
  readonly link: string | undefined;
}

/** Bytes that are kept, and what each entry counts beside its body. */
const room = 50_000_000;
const overhead = 500;

/**
 * Answers that this process has given, by reader and address; the least recently used leave when there are too many. They are
 * found under the version alone that the database has for the reader at the time of the call: nothing has to be forgotten
 * when something changes.
 */
@Injectable()
export class KeptAnswers {
  /** In the order of use. */
  private readonly entries = new Map<string, KeptAnswer>();
  private readonly onLookup;
  private size = 0;

  constructor(metrics: Metrics) {
    this.onLookup = measureCache(metrics, 'answer');
  }

  /** The answer to this reader's call, if it was given on this version and still stands. */
  find(userId: string, address: string, version: string): KeptAnswer | undefined {
    const key = keyOf(userId, address);
    const entry = this.entries.get(key);
    const stands = entry?.version === version && entry.until > Date.now();
    this.onLookup(stands);
    if (!stands) return undefined;
    this.entries.delete(key);
    this.entries.set(key, entry);
    return entry;
  }

  /** Keeps an answer; `version` was asked for before anything that the answer is made of. */
  keep(userId: string, address: string, answer: KeptAnswer): void {
    const key = keyOf(userId, address);
    this.forget(key);
    if (answer.until <= Date.now()) return;
    this.entries.set(key, answer);
    this.size += weightOf(key, answer);
    for (const oldest of this.entries.keys()) {
      if (this.size <= room) break;
      this.forget(oldest);
    }
  }

  private forget(key: string): void {
    const entry = this.entries.get(key);
    if (entry && this.entries.delete(key)) this.size -= weightOf(key, entry);
  }
}

const keyOf = (userId: string, address: string): string => `${userId} ${address}`;
const weightOf = (key: string, { body }: KeptAnswer): number => key.length + body.length + overhead;
