import type { SessionName, SessionRepository, Standing } from '../session.repository';
import { SessionCheck } from './session-check';

type Standings = Map<string, Standing>;

const user: Standing = { role: 'user', version: '' };
const admin: Standing = { role: 'admin', version: '' };

/** A repository whose answers come when the test says so. */
function slowSessions() {
  const questions: {
    names: readonly SessionName[];
    answer(standings: Standings): void;
    fail(fault: Error): void;
  }[] = [];
  const sessions = {
    standings: (names: readonly SessionName[]) =>
      new Promise<Standings>((answer, fail) => questions.push({ names, answer, fail })),
  } as SessionRepository;
  return { questions, check: new SessionCheck(sessions) };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('the check of sessions', () => {
  // Mutant: a call that joins a question which is under way already, and may be answered from before a revocation.
  it('answers nobody from a question that was asked before they came', async () => {
    const { questions, check } = slowSessions();
    const early = [1, 2, 3].map((n) => check.standingOf('ada', `s${n}`));
    const late = check.standingOf('ada', 's1');
    expect(questions.map(({ names }) => names.length)).toEqual([1, 1, 1]);
    for (const { answer } of [...questions]) answer(new Map([['ada s1', user]]));
    expect(await Promise.all(early)).toEqual([user, undefined, undefined]);
    await settle();
    questions[3]?.answer(new Map());
    expect(await late).toBeUndefined();
  });

  it('asks once for all who wait', async () => {
    const { questions, check } = slowSessions();
    const all = Array.from({ length: 23 }, (_, n) => check.standingOf(`u${n}`, 's'));
    questions[0]?.answer(new Map([['u0 s', admin]]));
    await settle();
    expect(questions.map(({ names }) => names.length)).toEqual([1, 1, 1, 20]);
    for (const { names, answer } of questions.slice(1))
      answer(new Map(names.map(({ userId, sessionId }) => [`${userId} ${sessionId}`, user])));
    expect(await Promise.all(all)).toEqual([admin, ...Array<Standing>(22).fill(user)]);
  });

  // Mutant: the count of questions under way that a failure leaves raised, after which nobody is let in.
  it('fails those who asked, and goes on asking', async () => {
    const { questions, check } = slowSessions();
    for (let n = 0; n < 5; n += 1) {
      const asked = check.standingOf('ada', 's');
      questions.at(-1)?.fail(new Error('Postgres is away'));
      await expect(asked).rejects.toThrow('Postgres is away');
    }
    const asked = check.standingOf('ada', 's');
    questions.at(-1)?.answer(new Map([['ada s', user]]));
    expect(await asked).toEqual(user);
  });
});
