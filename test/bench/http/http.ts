import type { Child } from '../../../sandbox/stack/child';
import { createOpaqueToken } from '../../../src/kernel/crypto/opaque-token';
import { cpuOf } from '../cpu';
import type { BenchOptions } from '../options';
import { Report } from '../report';
import { accessToken, password, seedReaders } from '../seed';
import { type BenchWorld, type Running, startBenchWorld } from '../world';
import { scrapeCaches } from './cache-lookups';
import type { Call, LoadPlan, LoadResult } from './load.main';
import type { RivalPlan } from './rival';

const poolSize = 10;
const connections = 32;
/** Calls a second of the run at a fixed rate, and how long it lasts in full. */
const fixed = { rate: 1_000, seconds: 60 };

interface Route {
  name: string;
  isRead: boolean;
  call(world: BenchWorld, user: number): Call;
}

const get = (path: string, name = path): Route => ({
  name,
  isRead: true,
  call: (world, user) => ({
    method: 'GET',
    path,
    headers: { authorization: `Bearer ${accessToken(world, user)}` },
  }),
});

const routes: Route[] = [
  get('/api/dashboard'),
  get('/api/email/summaries?limit=20', '/api/email/summaries'),
  get('/api/billing/balance'),
  {
    name: '/api/auth/login',
    isRead: false,
    call: (_world, user) => ({
      method: 'POST',
      path: '/api/auth/login',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: `reader-${user}@example.com`, password }),
    }),
  },
  {
    name: '/health/live',
    isRead: false,
    call: () => ({ method: 'GET', path: '/health/live', headers: {} }),
  },
];

type Measure = (url: string, calls: Call[], seconds: number, rate?: number) => Promise<LoadResult>;

/** The API beside a server written by hand and beside Nest on Express, then alone at 1,000 calls a second. */
export async function benchHttp(options: BenchOptions): Promise<void> {
  const { quick } = options;
  const report = new Report('http', quick);
  const world = await startBenchWorld('http');
  try {
    await seedReaders(world, { users: quick ? 300 : 10_000, summariesEach: 20 });
    // Readers who are about, of all who have an account.
    const users = Array.from({ length: quick ? 200 : 2_000 }, (_, index) => index + 1);
    const metrics = createOpaqueToken('ibs_');
    const servers = await startServers(world, `bench:metrics:${metrics.hash.toString('hex')}`);
    const measure = measureThrough(world.startProgram('http/load.main.ts'));
    await compare(world, users, servers, measure, options, report);
    const caches = () => scrapeCaches(servers.inbrief.url, metrics.token);
    await holdRate(world, users, servers.inbrief.url, measure, caches, options, report);
  } finally {
    await world.stop();
  }
  report.finish();
}

async function startServers(world: BenchWorld, serviceKey: string) {
  const plan: RivalPlan = {
    databaseUrl: world.appUrl,
    jwtKey: world.secrets.jwtKey,
    issuer: world.publicUrl,
    poolSize,
  };
  const { url, child } = await world.startProduct('api', {
    DATABASE_POOL_SIZE: String(poolSize),
    SERVICE_KEYS: serviceKey,
  });
  const rival = async (file: string): Promise<Running> => {
    const child = world.startProgram(file);
    return { child, url: await child.ask<string>(plan) };
  };
  return {
    inbrief: { url, child },
    floor: await rival('http/floor.main.ts'),
    express: await rival('http/express.main.ts'),
  };
}

function measureThrough(load: Child): Measure {
  return (url, calls, seconds, rate) => {
    const plan: LoadPlan = { url, calls, seconds, connections, ...(rate !== undefined && { rate }) };
    return load.ask<LoadResult>(plan);
  };
}

/** Every route of every server in turn, round after round, so that a change of the machine's mood meets all alike. */
async function compare(
  world: BenchWorld,
  users: number[],
  servers: Record<string, Running>,
  measure: Measure,
  { quick, seconds, rounds }: BenchOptions,
  report: Report,
): Promise<void> {
  for (let round = -1; round < rounds; round += 1)
    for (const route of routes) {
      const calls = users.map((user) => route.call(world, user));
      for (const [server, { url, child }] of Object.entries(servers)) {
        const isWarmUp = round < 0;
        const before = cpuOf(child.process.pid);
        const result = await measure(url, calls, isWarmUp ? (quick ? 0.2 : 2) : seconds);
        if (result.errors > 0) throw new Error(`${result.errors} errors of ${server} on ${route.name}`);
        if (isWarmUp) continue;
        report.add(route.name, server, 'requests/s', result.perSecond);
        report.add(`${route.name} p95`, server, 'ms', result.p95);
        const spent = cpuOf(child.process.pid) - before;
        report.add(`${route.name} CPU`, server, 'µs/request', spent / result.answered);
      }
    }
  for (const { name, isRead } of routes) {
    const ours = report.median(name, 'inbrief');
    const [toFloor, toExpress] = [ours / report.median(name, 'floor'), ours / report.median(name, 'express')];
    report.add(name, 'inbrief / floor', 'x', toFloor);
    report.add(name, 'inbrief / express', 'x', toExpress);
    if (!isRead) continue;
    report.atLeast(`${name}: of the floor`, toFloor, 0.6);
    report.atLeast(`${name}: of Express`, toExpress, 3);
  }
}

async function holdRate(
  world: BenchWorld,
  users: number[],
  url: string,
  measure: Measure,
  caches: () => Promise<{ hits: number; misses: number }>,
  { quick }: BenchOptions,
  report: Report,
): Promise<void> {
  const reads = routes.filter(({ isRead }) => isRead);
  const calls = users.flatMap((user) => reads.map((route) => route.call(world, user)));
  const before = await caches();
  const result = await measure(url, calls, quick ? 2 : fixed.seconds, fixed.rate);
  const after = await caches();
  const [hits, misses] = [after.hits - before.hits, after.misses - before.misses];
  const name = `reads at ${fixed.rate}/s`;
  report.add(name, 'answered', 'requests/s', result.perSecond);
  report.add(name, 'p50', 'ms', result.p50);
  report.add(name, 'p95', 'ms', result.p95);
  report.add(name, 'p99', 'ms', result.p99);
  report.add(name, 'errors', '', result.errors);
  report.add(name, 'cache hit rate', '', hits / (hits + misses));
  report.atMost(`${name}: p95, ms`, result.p95, 50);
  report.atMost(`${name}: p99, ms`, result.p99, 150);
  report.atMost(`${name}: errors`, result.errors, 0);
  report.atLeast(`${name}: cache hit rate`, hits / (hits + misses), 0.9);
}
