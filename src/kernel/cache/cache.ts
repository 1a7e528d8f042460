/** Told of every lookup: the key's part before its first `:`, and whether it was there. */
export type OnLookup = (name: string, hit: boolean) => void;

/** A promise to fill a key; a delete in between makes it void. */
export type Lease = string;

/**
 * One cache port; values are plain JSON, keys `name:id`. What was deleted is never served again by any process that
 * shares the store: a load that began before the delete is not stored. Entries in memory are seen by one process alone,
 * so several processes need Redis.
 */
export abstract class Cache {
  private readonly flights = new Map<string, Promise<unknown>>();
  private lookups = { hits: 0, misses: 0 };

  constructor(private readonly onLookup?: OnLookup) {}

  /** Lookups of this process so far. */
  get stats(): Readonly<{ hits: number; misses: number }> {
    return this.lookups;
  }

  /** The value, or undefined when there is none; a store that is out has none. */
  async get<T>(key: string): Promise<T | undefined> {
    const text = await this.read(key);
    const hit = text !== undefined;
    this.lookups = { hits: this.lookups.hits + Number(hit), misses: this.lookups.misses + Number(!hit) };
    this.onLookup?.(key.split(':', 1)[0] ?? key, hit);
    return hit ? (JSON.parse(text) as T) : undefined;
  }

  /** Keeps a value for `ttlMs` milliseconds, or less when room is needed; best effort. */
  async set(key: string, value: unknown, ttlMs: number): Promise<void> {
    await this.write(key, JSON.stringify(value), ttlMs);
  }

  /** Forgets the keys. Call it after the commit that made them stale. @throws Error when the store is out. */
  async delete(...keys: string[]): Promise<void> {
    for (const key of keys) this.flights.delete(key);
    await this.remove(keys);
  }

  /**
   * The cached value, else what `load` gives, which is then kept for `ttlMs` milliseconds. However many ask at once, one
   * of them loads. `undefined` and errors are not kept; null is.
   */
  async wrap<T>(key: string, ttlMs: number, load: () => Promise<T>): Promise<T> {
    const known = await this.get<T>(key);
    if (known !== undefined) return known;
    const running = this.flights.get(key) as Promise<T> | undefined;
    if (running) return running;
    const flight = this.fill(key, ttlMs, load).finally(() => {
      if (this.flights.get(key) === flight) this.flights.delete(key);
    });
    this.flights.set(key, flight);
    return flight;
  }

  private async fill<T>(key: string, ttlMs: number, load: () => Promise<T>): Promise<T> {
    const lease = await this.lease(key);
    const value = await load();
    const text = JSON.stringify(value) as string | undefined;
    if (lease !== undefined && text !== undefined) await this.redeem(key, lease, text, ttlMs);
    return value;
  }

  protected abstract read(key: string): Promise<string | undefined>;
  protected abstract write(key: string, text: string, ttlMs: number): Promise<void>;
  protected abstract remove(keys: string[]): Promise<void>;
  /** Undefined when the store is out, so that nothing is to be stored. */
  protected abstract lease(key: string): Promise<Lease | undefined>;
  /** Stores the value if the lease still holds. */
  protected abstract redeem(key: string, lease: Lease, text: string, ttlMs: number): Promise<void>;
}
