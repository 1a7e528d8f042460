import { randomUUID } from 'node:crypto';
import { Cache, type Lease, type OnLookup } from './cache';

interface Entry {
  readonly text: string;
  readonly expiresAt: number;
}

/** Entries of this process alone; the least recently used one leaves when there are too many. */
export class MemoryCache extends Cache {
  /** In the order of use: a Map keeps the order of insertion. */
  private readonly entries = new Map<string, Entry>();
  private readonly leases = new Map<string, Lease>();

  constructor(
    private readonly maxEntries = 10_000,
    onLookup?: OnLookup,
  ) {
    super(onLookup);
  }

  protected read(key: string): Promise<string | undefined> {
    const entry = this.entries.get(key);
    this.entries.delete(key);
    if (!entry || entry.expiresAt <= Date.now()) return Promise.resolve(undefined);
    this.entries.set(key, entry);
    return Promise.resolve(entry.text);
  }

  protected write(key: string, text: string, ttlMs: number): Promise<void> {
    this.entries.delete(key);
    this.entries.set(key, { text, expiresAt: Date.now() + ttlMs });
    if (this.entries.size > this.maxEntries) this.entries.delete(this.entries.keys().next().value ?? key);
    return Promise.resolve();
  }

  protected remove(keys: string[]): Promise<void> {
    for (const key of keys) {
      this.entries.delete(key);
      this.leases.delete(key);
    }
    return Promise.resolve();
  }

  protected lease(key: string): Promise<Lease> {
    const lease = randomUUID();
    this.leases.set(key, lease);
    // Loads that failed leave theirs behind.
    if (this.leases.size > this.maxEntries) this.leases.delete(this.leases.keys().next().value ?? key);
    return Promise.resolve(lease);
  }

  protected async redeem(key: string, lease: Lease, text: string, ttlMs: number): Promise<void> {
    if (this.leases.get(key) !== lease) return;
    this.leases.delete(key);
    await this.write(key, text, ttlMs);
  }
}
