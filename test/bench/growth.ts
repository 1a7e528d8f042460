import { exponent } from './clean';
import type { LoadPlan, LoadResult } from './http/load.main';
import type { BenchOptions } from './options';
import { flow } from './pipeline/pipeline';
import { Report } from './report';
import { accessToken, seedReaders } from './seed';
import { startBenchWorld } from './world';

const steps = [1, 10, 100];
const reads = ['/api/dashboard', '/api/email/summaries?limit=20', '/api/billing/balance'];

/** The same reads over 1x, 10x and 100x the rows, and mailboxes of 1x, 10x and 100x the mails. */
export async function benchGrowth({ quick, seconds }: BenchOptions): Promise<void> {
  const report = new Report('growth', quick);
  const sizes = quick ? steps.slice(0, 2) : steps;
  await growReads(report, sizes, quick ? 20 : 100, seconds);
  await growMailbox(report, sizes, quick ? 5 : 20);
  report.finish();
}

async function growReads(report: Report, sizes: number[], users: number, seconds: number): Promise<void> {
  const times = new Map<string, number[]>(reads.map((path) => [path, []]));
  for (const size of sizes) {
    const world = await startBenchWorld('growth');
    try {
      await seedReaders(world, { users: users * size, summariesEach: 20 });
      const { url } = await world.startProduct('api');
      const load = world.startProgram('http/load.main.ts');
      for (const path of reads) {
        const calls = Array.from({ length: users }, (_, n) => ({
          method: 'GET' as const,
          path,
          headers: { authorization: `Bearer ${accessToken(world, 1 + n * size)}` },
        }));
        const plan: LoadPlan = { url, connections: 1, seconds, calls };
        await load.ask<LoadResult>({ ...plan, seconds: Math.max(0.3, seconds / 3) });
        const { perSecond } = await load.ask<LoadResult>(plan);
        times.get(path)?.push(1_000 / perSecond);
        report.add(path, `${users * size * 20} summaries`, 'ms', 1_000 / perSecond);
      }
    } finally {
      await world.stop();
    }
  }
  for (const [path, costs] of times)
    report.atMost(`${path}: exponent over rows`, exponent(sizes, costs), 0.1);
}

async function growMailbox(report: Report, sizes: number[], mails: number): Promise<void> {
  const world = await startBenchWorld('growth', true);
  try {
    const api = await world.startProduct('api');
    const workers = [await world.startProduct('worker')];
    await flow(world, api, workers, 10);
    const totals: number[] = [];
    for (const size of sizes) {
      const { seconds } = await flow(world, api, workers, mails * size);
      totals.push(seconds);
      report.add('mailbox, all of it', `${mails * size} mails`, 's', seconds);
    }
    report.atMost('mailbox: exponent of the total', exponent(sizes, totals), 1.05);
  } finally {
    await world.stop();
  }
}
