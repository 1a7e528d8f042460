import { setTimeout as sleep } from 'node:timers/promises';
import { createOpaqueToken } from '../../src/kernel/crypto/opaque-token';
import { cpuOf, memoryOf } from './cpu';
import type { LoadPlan, LoadResult } from './http/load.main';
import type { BenchOptions } from './options';
import { quantile, Report } from './report';
import { accessToken, seedReaders } from './seed';
import { startBenchWorld } from './world';

const reads = ['/api/dashboard', '/api/email/summaries?limit=20', '/api/billing/balance'];
const connections = 32;
const share = 0.6;
/** Part of the time after which memory is expected to have settled: heap, caches and pools fill up before. */
const settling = 0.3;

/** The API at 60 % of what it can do: what becomes of its memory, its event loop and its answers. */
export async function benchSoak({ quick, minutes }: BenchOptions): Promise<void> {
  const report = new Report('soak', quick);
  const world = await startBenchWorld('soak');
  try {
    await seedReaders(world, { users: quick ? 100 : 2_000, summariesEach: 20 });
    const key = createOpaqueToken('ibs_');
    const serviceKey = `bench:metrics:${key.hash.toString('hex')}`;
    const { url, child } = await world.startProduct('api', { SERVICE_KEYS: serviceKey });
    const load = world.startProgram('http/load.main.ts');
    const calls = Array.from({ length: quick ? 100 : 2_000 }, (_, n) => ({
      method: 'GET' as const,
      path: reads[n % reads.length] ?? '',
      headers: { authorization: `Bearer ${accessToken(world, n + 1)}` },
    }));
    const plan: LoadPlan = { url, connections, seconds: quick ? 2 : 15, calls };
    const { perSecond: capacity } = await load.ask<LoadResult>(plan);
    const seconds = quick ? 8 : minutes * 60;
    const rate = Math.max(connections, Math.round(capacity * share));
    const watching = watch(child.process.pid, url, key.token, seconds);
    const before = cpuOf(child.process.pid);
    const result = await load.ask<LoadResult>({ ...plan, seconds, rate });
    const spent = cpuOf(child.process.pid) - before;
    const { memory, lags } = await watching;
    const slope = slopeOf(memory.slice(Math.floor(memory.length * settling)));
    report.add('capacity', 'reads', 'requests/s', capacity);
    report.add('soak', 'answered', 'requests/s', result.perSecond);
    report.add('soak', 'p99', 'ms', result.p99);
    report.add('soak', 'errors', '', result.errors);
    report.add('soak', 'CPU', 'µs/request', spent / result.answered);
    for (const { bytes } of memory) report.add('soak', 'RSS', 'MB', bytes / 1e6);
    for (const lag of lags) report.add('soak', 'event-loop lag, mean of a second', 'ms', lag);
    report.add('soak', 'RSS, slope', 'MB/min', slope);
    report.atMost('slope of RSS, MB/min', slope, 1);
    report.atMost('errors', result.errors, 0);
    report.atMost(
      'RSS, MB',
      quantile(
        memory.map(({ bytes }) => bytes / 1e6),
        1,
      ),
      200,
    );
  } finally {
    await world.stop();
  }
  report.finish();
}

interface Sample {
  minute: number;
  bytes: number;
}

async function watch(pid: number | undefined, url: string, key: string, seconds: number) {
  const memory: Sample[] = [];
  const lags: number[] = [];
  const began = performance.now();
  while (performance.now() - began < seconds * 1_000) {
    memory.push({ minute: (performance.now() - began) / 60_000, bytes: memoryOf(pid) });
    const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${key}` } });
    const [, lag] =
      /^nodejs_eventloop_lag_mean_seconds(?:\{[^}]*\})? (\S+)$/m.exec(await answer.text()) ?? [];
    if (lag !== undefined) lags.push(Number(lag) * 1_000);
    await sleep(1_000);
  }
  return { memory, lags };
}

/** Megabytes a minute: the slope of the line through the samples. */
function slopeOf(samples: Sample[]): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(samples.map(({ minute }) => minute)), mean(samples.map(({ bytes }) => bytes))];
  const up = samples.reduce((sum, { minute, bytes }) => sum + (minute - x) * (bytes - y), 0);
  return up / samples.reduce((sum, { minute }) => sum + (minute - x) ** 2, 0) / 1e6;
}
