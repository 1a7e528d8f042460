import { CommandBus } from '@nestjs/cqrs';
import { v7 as uuidv7 } from 'uuid';
import { balanceOf, follow, sync, until } from '../../../sandbox/demo/journey';
import { KeepAnswer } from '../../../src/email/contracts';
import { Spending } from '../../../src/email/summariser/spending';
import { UnitOfWork } from '../../../src/kernel/database/unit-of-work';
import { startTestApp, type TestApp } from '../../support/app';
import { arrangeReader } from '../../support/reader';

type When = 'before' | 'after';

interface Bill {
  counted: string;
  drafts: number;
  priced: string;
  summaries: number;
}

describe('an answer that was paid for', () => {
  let product: TestApp;
  beforeAll(async () => {
    product = await startTestApp();
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => product.close());

  /**
   * Lets the first try to store, and then the first tries to keep, fail as where the database goes away: before or after what they wrote
   * is committed.
   */
  function failTries(when: Readonly<{ stored: When; kept: When }>): () => string[] {
    const uow = product.app.get(UnitOfWork);
    const failed: string[] = [];
    const lose =
      (run: typeof uow.asService, wanted: string, times: number, at: When): typeof uow.asService =>
      async (reason, work, terms) => {
        if (reason !== wanted || failed.filter((one) => one === wanted).length === times)
          return run(reason, work, terms);
        failed.push(wanted);
        if (at === 'after') await run(reason, work, terms);
        throw new Error('terminating connection due to administrator command');
      };
    const storing = lose(uow.asService.bind(uow), 'store summaries', 1, when.stored);
    const keeping = lose(uow.readAsService.bind(uow), 'keep an answer', 2, when.kept);
    jest.spyOn(uow, 'asService').mockImplementation(storing);
    jest.spyOn(uow, 'readAsService').mockImplementation(keeping);
    return () => failed;
  }

  // Mutants: an answer dropped when its commit fails (the model is asked again, for `before`); a try that does not look
  // whether an earlier one, or the summary itself, has done it (its price is counted twice, for `after`).
  it.each<{ stored: When; kept: When }>([
    { stored: 'before', kept: 'before' },
    { stored: 'before', kept: 'after' },
    { stored: 'after', kept: 'before' },
  ])(
    'is neither asked for again nor counted twice when the database goes away $stored its commit and $kept its keeping',
    async (when) => {
      const { api, userId } = await arrangeReader(product, 1);
      const calls = await callsOf(product);
      const failed = failTries(when);
      await follow(api, await sync(api), () => undefined);
      await until(async () => (await balanceOf(api)).held === 0, 'the ledger to settle');
      const [bill] = await product.sql<Bill>(
        `select (select sum(cost_micros) from usage_analytics where user_id = $1)::text as counted,
           (select count(*) from summary_drafts where user_id = $1)::int as drafts,
           sum(cost_micros)::text as priced, count(*)::int as summaries from email_summaries where user_id = $1`,
        [userId],
      );
      expect(failed()).toEqual(['store summaries', 'keep an answer', 'keep an answer']);
      expect((await callsOf(product)) - calls).toBe(1);
      expect(bill).toEqual({
        summaries: 1,
        drafts: 0,
        counted: expect.stringMatching(/^[1-9]/),
        priced: bill?.counted,
      });
    },
  );

  // Mutants: the price of an answer whose mail another worker has summarised goes uncounted; a draft that nobody will take.
  it('is counted, and not kept, where another one has become the summary', async () => {
    const { api, userId } = await arrangeReader(product, 1);
    await follow(api, await sync(api), () => undefined);
    const [stored] = await product.sql<{ id: string; mail: string }>(
      'select id, email_id as mail from email_summaries where user_id = $1',
      [userId],
    );
    const counted = () =>
      product.sql(
        `select sum(output_tokens)::int as tokens, (select count(*)::int from summary_drafts where user_id = $1) as drafts
         from usage_analytics where user_id = $1`,
        [userId],
      );
    const [before] = await counted();
    const late = new Spending();
    late.add('claude-haiku-5-5', { input: 10, output: 7, cacheRead: 0, cacheWrite: 0 });
    const draft = { answerId: uuidv7(), headers: {}, summarised: { promptVersion: '1', model: 'm' } };
    const keep = (answerId: string) =>
      product.app
        .get(CommandBus)
        .execute(new KeepAnswer(userId, stored!.mail, { draft: { ...draft, answerId }, spending: late }));
    await keep(draft.answerId);
    expect(await counted()).toEqual([{ tokens: (before as { tokens: number }).tokens + 7, drafts: 0 }]);
    await keep(stored!.id);
    expect(await counted()).toEqual([{ tokens: (before as { tokens: number }).tokens + 7, drafts: 0 }]);
  });
});

async function callsOf({ anthropic }: TestApp): Promise<number> {
  const response = await anthropic.app.inject('/__control/state');
  return response.json<{ calls: number }>().calls;
}
