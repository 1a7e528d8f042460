import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { bulkhead } from 'cockatiel';

/** OWASP's figures for argon2id: 19 MiB, two passes, one lane; about 10 ms. argon2id is the library's default. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * Hashes passwords with argon2id, on the thread pool and off the event loop. As many at a time as there are cores: more would not be
 * done sooner, and would hold 19 MiB each and the threads that others wait for.
 */
export class PasswordHasher {
  private readonly places = bulkhead(availableParallelism(), Infinity);
  /** Stands in for the hash of an account that does not exist. */
  private readonly dummy = hash(randomBytes(32), cost);

  /** The PHC string to store. */
  hash(password: string): Promise<string> {
    return this.places.execute(() => hash(normalized(password), cost));
  }

  /** Whether the password fits. Without a hash (no such account, or one without password) it takes as long, and is false. */
  async verify(stored: string | null | undefined, password: string): Promise<boolean> {
    const against = stored ?? (await this.dummy);
    const fits = await this.places.execute(() => verify(against, normalized(password)));
    return fits && typeof stored === 'string';
  }

  /** Whether the hash was made at another cost than today's: hash anew at the next good sign-in. */
  needsRehash(stored: string): boolean {
    const { memoryCost, timeCost, parallelism } = parseOptions(stored);
    const isArgon2id = stored.startsWith('$argon2id$');
    const isAtCost =
      memoryCost === cost.memoryCost && timeCost === cost.timeCost && parallelism === cost.parallelism;
    return !isArgon2id || !isAtCost;
  }
}

/** One password typed on two keyboards is one password. */
function normalized(password: string): string {
  return password.normalize('NFKC');
}
