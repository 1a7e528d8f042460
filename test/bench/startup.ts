import { setTimeout as sleep } from 'node:timers/promises';
import { memoryOf } from './cpu';
import type { Call, LoadPlan, LoadResult } from './http/load.main';
import type { BenchOptions } from './options';
import { Report } from './report';
import { accessToken, password, seedReaders } from './seed';
import { type BenchWorld, startBenchWorld } from './world';

const reads = ['/api/dashboard', '/api/email/summaries?limit=20', '/api/billing/balance'];
/** Milliseconds after which a process that was started and left alone has settled. */
const settlingMs = 2_000;

/** How long a process takes from its start to the first good answer of its probe, and the memory it holds: left alone, and at work. */
export async function benchStartup({ quick, seconds, rounds }: BenchOptions): Promise<void> {
  const report = new Report('startup', quick);
  const world = await startBenchWorld('startup');
  try {
    const users = quick ? 100 : 2_000;
    await seedReaders(world, { users, summariesEach: 20 });
    for (const role of ['worker', 'api'] as const)
      for (let round = 0; round < rounds; round += 1) {
        const began = performance.now();
        const { child } = await world.startProduct(role);
        report.add(role, 'start-up', 'ms', performance.now() - began);
        await sleep(settlingMs);
        report.add(role, 'RSS, idle', 'MB', memoryOf(child.process.pid) / 1e6);
        await child.stop();
      }
    await load(world, users, seconds, report);
  } finally {
    await world.stop();
  }
  for (const role of ['api', 'worker'])
    report.atMost(`${role}: start-up, ms`, report.median(role, 'start-up'), 2_000);
  report.finish();
}

/** Reads at full speed, then sign-ins, whose hashes take 19 MB each while they are made, then reads again. */
async function load(world: BenchWorld, users: number, seconds: number, report: Report): Promise<void> {
  const { url, child } = await world.startProduct('api');
  const generator = world.startProgram('http/load.main.ts');
  const everyone = Array.from({ length: users }, (_, index) => index + 1);
  const get = everyone.flatMap((user) =>
    reads.map((path): Call => ({
      method: 'GET',
      path,
      headers: { authorization: `Bearer ${accessToken(world, user)}` },
    })),
  );
  const signIn = everyone.map((user): Call => ({
    method: 'POST',
    path: '/api/auth/login',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: `reader-${user}@example.com`, password }),
  }));
  let most = 0;
  for (const [name, calls, times] of [
    ['reads', get, 3],
    ['sign-ins', signIn, 1],
    ['reads', get, 1],
  ] as const) {
    const plan: LoadPlan = { url, calls: [...calls], connections: 32, seconds: seconds * times };
    const watching = setInterval(() => (most = Math.max(most, memoryOf(child.process.pid))), 100);
    const { errors } = await generator.ask<LoadResult>(plan).finally(() => clearInterval(watching));
    if (errors > 0) throw new Error(`${errors} errors of the ${name}`);
    report.add('api', `RSS, after ${name}`, 'MB', memoryOf(child.process.pid) / 1e6);
  }
  report.add('api', 'RSS, most', 'MB', most / 1e6);
  report.atMost('api: RSS under load, MB', most / 1e6, 200);
}
