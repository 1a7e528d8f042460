import request from 'supertest';
import { type AuthApp, type Registered, startAuthApp } from './auth-app';

const rounds = 60;

describe('the time of a refused sign-in', () => {
  let auth: AuthApp;
  let users: Registered[];
  beforeAll(async () => {
    auth = await startAuthApp();
    users = [];
    for (let i = 0; i < rounds / 4; i++) users.push(await auth.register());
  });
  afterAll(() => auth.close());

  const timeOf = async (email: string): Promise<number> => {
    const start = performance.now();
    await request(auth.http)
      .post('/api/auth/login')
      .send({ email, password: 'not the passphrase' })
      .expect(401);
    return performance.now() - start;
  };

  /**
   * Ranks both samples together (Mann-Whitney): the share of pairs in which the known account took longer. One half means
   * that the clock tells nothing; a verification that is left out shows as nearly 0 or 1.
   */
  const shareLonger = (known: number[], unknown: number[]): number =>
    known.flatMap((a) => unknown.map((b) => (a > b ? 1 : 0) as number)).reduce((sum, one) => sum + one, 0) /
    (known.length * unknown.length);

  // Mutant: no hash is verified where no account exists; the share becomes 1.
  it('tells nobody whether an account exists', async () => {
    const known: number[] = [];
    const unknown: number[] = [];
    for (let i = 0; i < 10; i++) await timeOf(`warm-up-${i}@example.test`);
    for (let i = 0; i < rounds; i++) {
      const address = users[Math.floor(i / 4)]?.email ?? '';
      // Alternating, so that whatever else slows the machine down falls on both.
      if (i % 2) known.push(await timeOf(address));
      unknown.push(await timeOf(`nobody-${i}@example.test`));
      if (!(i % 2)) known.push(await timeOf(address));
    }
    expect(known).toHaveLength(rounds);
    // 60 against 60 samples of one distribution leave 0.3 to 0.7 less often than once in 10,000 runs.
    expect(shareLonger(known, unknown)).toBeGreaterThan(0.3);
    expect(shareLonger(known, unknown)).toBeLessThan(0.7);
  });
});
