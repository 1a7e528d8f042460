import { Gathering } from './gathering';

describe('a gathering', () => {
  it('puts one question for all that one turn asks under a key, and hands everybody its answer', async () => {
    const asked: [string, number[]][] = [];
    const gathering = new Gathering<string, number>((key, items) => {
      asked.push([key, items]);
      return Promise.resolve(`of ${key}`);
    });
    const answers = [
      gathering.join('ada', [1]),
      gathering.join('ben', [2]),
      gathering.join('ada', [3, 1]),
    ].map(({ answer }) => answer);
    expect(await Promise.all(answers)).toEqual(['of ada', 'of ben', 'of ada']);
    expect(asked).toEqual([
      ['ada', [1, 3]],
      ['ben', [2]],
    ]);
  });

  // Mutant: the round is closed when its answer is there.
  it('lets nobody join a question that was put already', async () => {
    let stored = 0;
    const gathering = new Gathering<number>(async () => {
      const seen = stored;
      await new Promise((resolve) => setTimeout(resolve, 20));
      return seen;
    });
    const before = gathering.join('ada').answer;
    await new Promise((resolve) => setTimeout(resolve, 5));
    stored = 1;
    expect(await Promise.all([before, gathering.join('ada').answer])).toEqual([0, 1]);
  });

  it('fails all who asked together, and nobody after them', async () => {
    const outcomes = [Promise.reject(new Error('away')), Promise.resolve('here')];
    outcomes[0]?.catch(() => undefined);
    const gathering = new Gathering<string>(() => outcomes.shift() ?? Promise.resolve('late'));
    const together = [gathering.join('ada').answer, gathering.join('ada').answer];
    expect((await Promise.allSettled(together)).map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
    ]);
    expect(await gathering.join('ada').answer).toBe('here');
  });
});
