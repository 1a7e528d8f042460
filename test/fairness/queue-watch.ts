import { setTimeout as sleep } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { emailQueue } from '../../src/jobs/contracts/queues';
import { valueOf } from '../support/metrics-text';
import type { Depth } from './verdict';

interface Look {
  of: string;
  everyMs: number;
  /** The depth now; undefined where it cannot be told yet. */
  take(): Promise<number | undefined>;
}

/** Looks at the queue again and again until it is stopped, each way at its own pace. */
export class QueueWatch {
  private readonly depths: Depth[] = [];
  private readonly looking: Promise<void>[];
  private ending = false;

  private constructor(looks: Look[]) {
    this.looking = looks.map((look) => this.watch(look));
  }

  static start(looks: Look[]): QueueWatch {
    return new QueueWatch(looks);
  }

  /** What was seen so far. */
  async stop(): Promise<Depth[]> {
    this.ending = true;
    await Promise.all(this.looking);
    return this.depths;
  }

  private async watch({ of, everyMs, take }: Look): Promise<void> {
    const depth: Depth = { of, most: 0, looks: 0 };
    this.depths.push(depth);
    while (!this.ending) {
      const now = await take();
      if (now !== undefined) {
        depth.most = Math.max(depth.most, now);
        depth.looks += 1;
      }
      await sleep(everyMs);
    }
  }
}

/** What BullMQ itself says to wait in its Redis. */
export function lookAtBullMq(redisUrl: string): Look & { close(): Promise<void> } {
  const queue = new Queue(emailQueue, { connection: { url: redisUrl } });
  return {
    of: 'BullMQ’s own count',
    everyMs: 50,
    take: async () => {
      const counts = await queue.getJobCounts('waiting', 'prioritized', 'delayed');
      return Object.values(counts).reduce((sum, count) => sum + count, 0);
    },
    close: () => queue.close(),
  };
}

/** What Postgres says was handed over and not yet started. */
export function lookAtRows(sql: <T extends object>(text: string) => Promise<T[]>): Look {
  return {
    of: 'handed over and not started',
    everyMs: 50,
    take: async () => {
      const rows = await sql<{ n: number }>(
        `select count(*)::int as n from processing_jobs where state = 'queued' and dispatched_at is not null`,
      );
      return rows[0]?.n;
    },
  };
}

/** What the product tells of itself to whoever scrapes this process. */
export function lookAtMetric(url: string, key: string): Look {
  return {
    of: 'inbrief_jobs_waiting',
    everyMs: 500,
    take: async () => {
      const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${key}` } });
      return valueOf(await answer.text(), 'inbrief_jobs_waiting');
    },
  };
}
