import { balanceOf, follow, sync, until } from '../../../sandbox/demo/journey';
import { UnitOfWork } from '../../../src/kernel/database/unit-of-work';
import { startTestApp, type TestApp } from '../../support/app';
import { arrangeReader } from '../../support/reader';

interface Bill {
  counted: string;
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

  /** Lets the first tries to keep an answer fail, before or after what they wrote is committed. */
  function failTries(tries: number, when: 'before' | 'after'): () => number {
    const uow = product.app.get(UnitOfWork);
    const through = uow.asService.bind(uow);
    let failed = 0;
    jest.spyOn(uow, 'asService').mockImplementation(async (reason, work) => {
      if (reason !== 'keep an answer' || failed === tries) return through(reason, work);
      failed += 1;
      if (when === 'after') await through(reason, work);
      throw new Error('terminating connection due to administrator command');
    });
    return () => failed;
  }

  // Mutants: an answer dropped when its commit fails (the model is asked again, for `before`); a try that does not look
  // whether an earlier one has done it (its price is counted twice, for `after`).
  it.each(['before', 'after'] as const)(
    'is neither asked for again nor counted twice when the database goes away %s its commit',
    async (when) => {
      const { api, userId } = await arrangeReader(product, 1);
      const calls = await callsOf(product);
      const failed = failTries(2, when);
      await follow(api, await sync(api), () => undefined);
      await until(async () => (await balanceOf(api)).held === 0, 'the ledger to settle');
      const [bill] = await product.sql<Bill>(
        `select (select sum(cost_micros) from usage_analytics where user_id = $1)::text as counted,
           sum(cost_micros)::text as priced, count(*)::int as summaries from email_summaries where user_id = $1`,
        [userId],
      );
      expect(failed()).toBe(2);
      expect((await callsOf(product)) - calls).toBe(1);
      expect(bill).toEqual({ summaries: 1, counted: expect.stringMatching(/^[1-9]/), priced: bill?.counted });
    },
  );
});

async function callsOf({ anthropic }: TestApp): Promise<number> {
  const response = await anthropic.app.inject('/__control/state');
  return response.json<{ calls: number }>().calls;
}
