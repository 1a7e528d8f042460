import { hash } from '@node-rs/argon2';
import { PasswordHasher } from './password-hasher';

const hasher = new PasswordHasher();
const password = 'correct horse battery staple';

describe('PasswordHasher', () => {
  let stored: string;
  beforeAll(async () => {
    stored = await hasher.hash(password);
  });

  it('stores argon2id at the stated cost, salted', async () => {
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await hasher.hash(password)).not.toBe(stored);
  });

  it('knows the right password from a wrong one', async () => {
    expect(await hasher.verify(stored, password)).toBe(true);
    expect(await hasher.verify(stored, `${password}!`)).toBe(false);
  });

  it('takes a password typed as composed or decomposed characters as the same', async () => {
    expect(await hasher.verify(await hasher.hash('caf\u00e9-password'), 'cafe\u0301-password')).toBe(true);
  });

  it.each([null, undefined])('lets nobody in where the hash is %s', async (none) => {
    expect(await hasher.verify(none, password)).toBe(false);
  });

  // Mutant: an early `return false` without a hash, which takes microseconds.
  it('works as long for an account that does not exist', async () => {
    const timed = async (hashed: string | null) => {
      const samples: number[] = [];
      for (let run = 0; run < 15; run++) {
        const start = performance.now();
        await hasher.verify(hashed, 'wrong password');
        samples.push(performance.now() - start);
      }
      return samples.sort((a, b) => a - b)[7]!;
    };
    await timed(null);
    const ratio = (await timed(null)) / (await timed(stored));
    expect(ratio).toBeGreaterThan(0.25);
    expect(ratio).toBeLessThan(4);
  });

  // Mutant: the synchronous API.
  it('leaves the event loop free', async () => {
    let turns = 0;
    const turn = setInterval(() => turns++, 1);
    await Promise.all(Array.from({ length: 8 }, () => hasher.hash(password)));
    clearInterval(turn);
    expect(turns).toBeGreaterThan(2);
  });

  it('asks for a new hash when the cost or the algorithm was another', async () => {
    expect(hasher.needsRehash(stored)).toBe(false);
    expect(hasher.needsRehash(await hash(password, { memoryCost: 8_192, timeCost: 2, parallelism: 1 }))).toBe(
      true,
    );
    expect(hasher.needsRehash(stored.replace('$argon2id$', '$argon2i$'))).toBe(true);
  });
});
