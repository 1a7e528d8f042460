import type { UnitOfWork } from '../../kernel/database/unit-of-work';
import { Metrics } from '../../kernel/observability/metrics';
import { Samples } from '../../kernel/observability/samples';
import type { ScheduleRepository } from '../schedule.repository';
import { GetLedgerHealthHandler } from './get-ledger-health.handler';

const beganAt = new Date('2026-01-02T03:04:05Z');
const uow = { readAsService: <T>(_reason: string, work: () => T) => work() } as unknown as UnitOfWork;

/** The handler after a check that left behind what is told. */
function arrange(...dones: ({ beganAt: Date; result: unknown } | undefined)[]) {
  const metrics = new Metrics();
  const samples = new Samples(metrics);
  const lastDone = jest.fn();
  for (const done of dones) lastDone.mockResolvedValueOnce(done);
  const handler = new GetLedgerHealthHandler(
    uow,
    { lastDone } as unknown as ScheduleRepository,
    metrics,
    samples,
  );
  handler.onModuleInit();
  const scrape = async () => {
    await samples.take();
    return (await metrics.expose()).text
      .split('\n')
      .filter((line) => line.startsWith('inbrief_ledger_violations'));
  };
  return { handler, scrape };
}

describe("the ledger's health", () => {
  it.each([
    [undefined, null],
    [
      { beganAt, result: null },
      { checkedAt: beganAt.toISOString(), violations: 0 },
    ],
    [
      { beganAt, result: { sums: 2, holds: 1 } },
      { checkedAt: beganAt.toISOString(), violations: 3 },
    ],
  ])('after %j is %j', async (done, health) => {
    expect(await arrange(done).handler.execute()).toEqual(health);
  });

  // Mutant: a gauge that is not reset, so that a mended invariant alarms for ever.
  it('is a gauge per invariant that forgets what was mended', async () => {
    const { scrape } = arrange({ beganAt, result: { sums: 2 } }, { beganAt, result: {} }, undefined);
    expect(await scrape()).toEqual([
      'inbrief_ledger_violations{invariant="any"} 2',
      'inbrief_ledger_violations{invariant="sums"} 2',
    ]);
    expect(await scrape()).toEqual(['inbrief_ledger_violations{invariant="any"} 0']);
    expect(await scrape()).toEqual(['inbrief_ledger_violations{invariant="any"} 0']);
  });
});
