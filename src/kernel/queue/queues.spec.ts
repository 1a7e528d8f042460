import { setTimeout as sleep } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database';
import { testEnv } from '../../../test/support/env';
import { hasRedis, RedisServer } from '../../../test/support/redis';
import { Queues } from './queues';

interface Parcel {
  id: number;
}

/** Sends parcels through a queue and back, as the dispatcher and the processors do. */
async function roundTrip(queues: Queues): Promise<number[]> {
  const delivered: number[] = [];
  const worker = queues.worker<Parcel>(
    'parcels',
    ({ data }) => Promise.resolve(void delivered.push(data.id)),
    5,
  );
  void worker.run();
  const queue = queues.queue('parcels');
  expect(queues.queue('parcels')).toBe(queue);
  const parcels = Array.from({ length: 20 }, (_, id) => ({ id: `parcel-${id}`, data: { id } }));
  await queues.send('parcels', parcels.slice(0, 3));
  await queues.send('parcels', parcels.slice(3));
  const deadline = Date.now() + 10_000;
  while (delivered.length < 20 && Date.now() < deadline) await sleep(20);
  await worker.close();
  expect(await queue.getJobCounts('completed', 'failed', 'waiting')).toEqual({
    completed: 0,
    failed: 0,
    waiting: 0,
  });
  return delivered.sort((a, b) => a - b);
}

describe('queues', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('carry wake-ups through Postgres where there is no Redis, and keep nothing', async () => {
    const queues = new Queues(testEnv(database.appUrl));
    expect(await roundTrip(queues)).toEqual(Array.from({ length: 20 }, (_, id) => id));
    await queues.onModuleDestroy();
  });

  // Mutants: a bulk for one; each of many by itself.
  it('are handed to Postgres one by one where they are few, and in their order', async () => {
    const queues = new Queues(testEnv(database.appUrl));
    const queue = queues.queue('few');
    const bulk = jest.spyOn(queue, 'addBulk');
    const parcels = Array.from({ length: 12 }, (_, id) => ({ id: `parcel-${id}`, data: { id } }));
    await queues.send('few', parcels.slice(0, 3));
    expect(bulk).not.toHaveBeenCalled();
    await queues.send('few', parcels.slice(3));
    expect(bulk).toHaveBeenCalledTimes(1);
    const waiting = await queue.getWaiting();
    expect(waiting.map(({ id }) => id)).toEqual(parcels.map(({ id }) => id));
    await queues.onModuleDestroy();
  });

  (hasRedis ? it : it.skip)(
    'carry wake-ups through Redis where REDIS_URL is set (skipped: no redis-server here)',
    async () => {
      const redis = await RedisServer.start();
      const queues = new Queues(testEnv(database.appUrl, { REDIS_URL: redis.url }));
      expect(await roundTrip(queues)).toEqual(Array.from({ length: 20 }, (_, id) => id));
      await queues.onModuleDestroy();
      await redis.kill();
    },
  );
});
