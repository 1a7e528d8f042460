import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchOptions } from './options';
import { Report } from './report';
import { seedReaders, userId } from './seed';
import { type BenchWorld, startBenchWorld } from './world';

/** Milliseconds between two events where the delay is measured. */
const pauseMs = 10;

/** Events from their commit to the end of their commands: how many a second, and how long one waits. */
export async function benchRelay({ quick, rounds }: BenchOptions): Promise<void> {
  const report = new Report('relay', quick);
  const world = await startBenchWorld('relay');
  const backlog = quick ? 300 : 5_000;
  try {
    await seedReaders(world, { users: backlog, summariesEach: 1 });
    await world.startProduct('worker');
    for (let round = 0; round < rounds; round += 1) {
      const { seconds } = await relayBacklog(world, backlog);
      report.add('backlog', 'one worker', 'events/s', backlog / seconds);
      await trickle(world, quick ? 100 : 500);
      const [{ p50, p95 } = { p50: NaN, p95: NaN }] = await world.sql<{ p50: number; p95: number }>(
        `select percentile_cont(0.5) within group (order by delay)::float8 as p50,
           percentile_cont(0.95) within group (order by delay)::float8 as p95
         from (select extract(epoch from published_at - occurred_at) * 1000 as delay from outbox_messages
           where payload ? 'trickled') delays`,
      );
      report.add('commit to commands done', 'p50', 'ms', p50);
      report.add('commit to commands done', 'p95', 'ms', p95);
      await world.sql('truncate outbox_messages');
    }
  } finally {
    await world.stop();
  }
  report.finish();
}

/** As many events as there are to be at once, each of another reader: how long until their commands have run. */
export async function relayBacklog(world: BenchWorld, events: number): Promise<{ seconds: number }> {
  const began = performance.now();
  await world.sql(
    `insert into outbox_messages (id, type, user_id, subject_id, payload)
     select gen_random_uuid(), 'auth.user-registered.v1', id, id, json_build_object('userId', id)
     from (select id from users limit $1) readers`,
    [events],
  );
  await relayed(world);
  return { seconds: (performance.now() - began) / 1_000 };
}

/** Events one by one, from another process than the relay's: it finds them by its poll. */
async function trickle(world: BenchWorld, count: number): Promise<void> {
  for (let n = 1; n <= count; n += 1) {
    await world.sql(
      `insert into outbox_messages (id, type, user_id, subject_id, payload)
       values (gen_random_uuid(), 'auth.user-registered.v1', $1, $1, json_build_object('userId', $2::text, 'trickled', true))`,
      [userId(n), userId(n)],
    );
    await sleep(pauseMs);
  }
  await relayed(world);
}

async function relayed(world: BenchWorld): Promise<void> {
  for (;;) {
    const [row] = await world.sql<{ open: number }>(
      'select count(*)::int as open from outbox_messages where published_at is null',
    );
    if (row?.open === 0) return;
    await sleep(10);
  }
}
