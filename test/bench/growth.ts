import { exponent } from './clean';
import type { LoadPlan, LoadResult } from './http/load.main';
import type { BenchOptions } from './options';
import { flow } from './pipeline/pipeline';
import { relayBacklog } from './relay';
import { Report } from './report';
import { accessToken, apiKey, seedReaders } from './seed';
import { type BenchWorld, startBenchWorld } from './world';

const steps = [1, 10, 100];
const reads = ['/api/dashboard', '/api/email/summaries?limit=20', '/api/billing/balance'];

/** The same reads over 1x, 10x and 100x the rows, and as many times the mails of a mailbox and the events of a backlog. */
export async function benchGrowth(options: BenchOptions): Promise<void> {
  const { quick } = options;
  const report = new Report('growth', quick);
  const sizes = quick ? steps.slice(0, 2) : steps;
  await growReads(report, sizes, quick ? 20 : 100, options);
  await growMailbox(report, sizes, quick ? 5 : 20);
  await growBacklog(report, sizes, quick ? 10 : 50);
  report.finish();
}

interface Grown {
  rows: string;
  url: string;
  /** Bearers of the same number of readers at every size, spread over all there are. */
  bearers: Record<Caller, string[]>;
  world: BenchWorld;
}

/** A session's answers are kept while nothing of its reader changes; those to an API key are made anew. */
const callers = ['session', 'API key'] as const;
type Caller = (typeof callers)[number];

/** All sizes stand side by side and take turns. */
async function growReads(
  report: Report,
  sizes: number[],
  users: number,
  { seconds, rounds }: BenchOptions,
): Promise<void> {
  const grown: Grown[] = [];
  try {
    for (const size of sizes) grown.push(await grow(size, users));
    const load = grown[0]?.world.startProgram('http/load.main.ts');
    const variants = reads.flatMap((path) => callers.map((caller) => ({ path, caller })));
    for (let round = -1; round < rounds; round += 1)
      for (const { path, caller } of variants)
        for (const { rows, url, bearers } of grown) {
          const calls = bearers[caller].map((bearer) => ({
            method: 'GET' as const,
            path,
            headers: { authorization: `Bearer ${bearer}` },
          }));
          const plan: LoadPlan = { url, connections: 1, seconds, calls };
          const result = await load?.ask<LoadResult>(plan);
          if (!result || result.errors > 0) throw new Error(`${result?.errors} calls of ${path} failed`);
          if (round >= 0) report.add(`${path}, ${caller}`, rows, 'ms', 1_000 / result.perSecond);
        }
    for (const { path, caller } of variants) {
      const costs = grown.map(({ rows }) => report.median(`${path}, ${caller}`, rows));
      report.atMost(`${path}, ${caller}: exponent over rows`, exponent(sizes, costs), 0.1);
    }
  } finally {
    for (const { world } of grown) await world.stop();
  }
}

async function grow(size: number, users: number): Promise<Grown> {
  const world = await startBenchWorld(`growth-${size}`);
  try {
    await seedReaders(world, { users: users * size, summariesEach: 20 });
    const bearers: Grown['bearers'] = { session: [], 'API key': [] };
    for (let reader = 1; reader <= users * size; reader += size) {
      bearers.session.push(accessToken(world, reader));
      bearers['API key'].push(await apiKey(world, reader));
    }
    const { url } = await world.startProduct('api');
    return { rows: `${users * size * 20} summaries`, url, bearers, world };
  } catch (error) {
    await world.stop();
    throw error;
  }
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

async function growBacklog(report: Report, sizes: number[], events: number): Promise<void> {
  const world = await startBenchWorld('growth');
  try {
    await seedReaders(world, { users: events * Math.max(...sizes), summariesEach: 1 });
    await world.startProduct('worker');
    await relayBacklog(world, events);
    const totals: number[] = [];
    for (const size of sizes) {
      const { seconds } = await relayBacklog(world, events * size);
      totals.push(seconds);
      report.add('backlog, all of it', `${events * size} events`, 's', seconds);
    }
    report.atMost('backlog: exponent of the total', exponent(sizes, totals), 1.05);
  } finally {
    await world.stop();
  }
}
