import { availableParallelism } from 'node:os';
import { PasswordHasher } from './password-hasher';

const underWay = { now: 0, most: 0 };
const slow = async <T>(answer: T): Promise<T> => {
  underWay.most = Math.max(underWay.most, ++underWay.now);
  await new Promise((resolve) => setTimeout(resolve, 5));
  underWay.now -= 1;
  return answer;
};
jest.mock('@node-rs/argon2', () => ({ hash: () => slow('$argon2id$'), verify: () => slow(true) }));

describe('passwords that come at once', () => {
  // Mutants: no bound; a place that a failed or finished one keeps.
  it('are hashed as many at a time as there are cores, and all of them', async () => {
    const hasher = new PasswordHasher();
    await hasher.verify(undefined, 'waits for the stand-in of accounts that do not exist');
    underWay.most = 0;
    const asked = Array.from({ length: 20 }, (_, n) =>
      n % 2 ? hasher.hash('correct horse') : hasher.verify('$argon2id$', 'correct horse'),
    );
    expect(await Promise.all(asked)).toHaveLength(20);
    expect(underWay.most).toBe(availableParallelism());
  });
});
