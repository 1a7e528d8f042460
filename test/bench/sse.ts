import { get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuOf, memoryOf } from './cpu';
import type { BenchOptions } from './options';
import { Report } from './report';
import { accessToken, seedReaders } from './seed';
import { startBenchWorld } from './world';

const path = '/api/jobs/stream';
/** Streams that are opened at once; the rest wait their turn. */
const together = 20;

/** Streams of job changes held open, each by another reader: what one costs in memory, and all of them in idle CPU. */
export async function benchSse({ quick }: BenchOptions): Promise<void> {
  const report = new Report('sse', quick);
  const world = await startBenchWorld('sse');
  const streams = quick ? 100 : 1_000;
  const open: IncomingMessage[] = [];
  try {
    await seedReaders(world, { users: streams + 1, summariesEach: 1 });
    const { url, child } = await world.startProduct('api');
    open.push(await openStream(url, accessToken(world, streams + 1))); // what the first one loads is nobody's
    const before = memoryOf(child.process.pid);
    for (let start = 1; start <= streams; start += together) {
      const readers = Array.from({ length: Math.min(together, streams - start + 1) }, (_, n) => start + n);
      open.push(...(await Promise.all(readers.map((reader) => openStream(url, accessToken(world, reader))))));
    }
    const memory = memoryOf(child.process.pid) - before;
    const [seconds, cpu] = [quick ? 2 : 20, cpuOf(child.process.pid)];
    await sleep(seconds * 1_000);
    const spent = cpuOf(child.process.pid) - cpu;
    const held = open.filter(({ destroyed, complete }) => !destroyed && !complete).length - 1;
    report.add('streams', 'held', '', held);
    report.add('streams', 'memory of each', 'KiB', memory / streams / 1_024);
    report.add('streams', 'CPU of all, idle', '% of a core', spent / (seconds * 1e4));
    report.atLeast('streams held', held, streams);
  } finally {
    for (const stream of open) stream.destroy();
    await world.stop();
  }
  report.finish();
}

function openStream(url: string, token: string): Promise<IncomingMessage> {
  const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream' };
  return new Promise((resolve, reject) => {
    get(`${url}${path}`, { headers, agent: false }, (answer) => {
      answer.on('error', () => undefined); // the API's end ends it
      answer.resume();
      if (answer.statusCode === 200) resolve(answer);
      else reject(new Error(`${path} answered ${answer.statusCode}`));
    }).on('error', reject);
  });
}
