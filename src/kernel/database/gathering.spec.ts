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

  describe('that lingers', () => {
    /** Questions as they are put, each answered when it is told to. */
    function arrange() {
      const asked: number[][] = [];
      const answers: (() => void)[] = [];
      const gathering = new Gathering<void, number>(
        (_key, items) => {
          asked.push(items);
          return new Promise((resolve) => answers.push(resolve));
        },
        { lingerMs: 20 },
      );
      return { asked, gathering, answer: () => answers.shift()?.() };
    }
    const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

    // Mutant: a question that does not wait for the one before it.
    it('puts one question at a time under a key, and in the next all that came meanwhile', async () => {
      const { asked, gathering, answer } = arrange();
      const first = [
        gathering.join('ada', [1]).answer,
        sleep(5).then(() => gathering.join('ada', [2]).answer),
      ];
      await sleep(60);
      const second = [gathering.join('ada', [3]).answer];
      await sleep(60);
      second.push(gathering.join('ada', [4]).answer);
      expect(asked).toEqual([[1, 2]]);
      answer();
      await Promise.all(first);
      await sleep(60);
      expect(asked).toEqual([
        [1, 2],
        [3, 4],
      ]);
      answer();
      await Promise.all(second);
    });

    it('keeps nobody waiting who asks under another key', async () => {
      const { asked, gathering, answer } = arrange();
      const ada = gathering.join('ada', [1]).answer;
      await sleep(60);
      const ben = gathering.join('ben', [2]).answer;
      await sleep(60);
      expect(asked).toEqual([[1], [2]]);
      answer();
      answer();
      await Promise.all([ada, ben]);
    });
  });

  // Mutants: nobody tries alone; who was alone tries twice.
  it('lets each ask alone where the question of all has failed', async () => {
    const asked: number[][] = [];
    const gathering = new Gathering<number, number>((_key, items) => {
      asked.push(items);
      return items.includes(2) ? Promise.reject(new Error('no two')) : Promise.resolve(items.length);
    });
    const together = [1, 2, 3].map((item) => gathering.joinOrAskAlone('ada', [item]));
    expect((await Promise.allSettled(together)).map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(asked).toEqual([[1, 2, 3], [1], [2], [3]]);
    await expect(gathering.joinOrAskAlone('ada', [2])).rejects.toThrow('no two');
    expect(asked.slice(4)).toEqual([[2]]);
  });
});
