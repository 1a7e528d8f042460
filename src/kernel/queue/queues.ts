import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { createPostgresBackend, type Processor, Queue, Worker } from 'bullmq';
import { Pool } from 'pg';
import { EnvDto } from '../config/env.dto';

/** Milliseconds after which a silent connection is given up; longer than BullMQ lets a command block. */
const silenceMs = 30_000;
const redisRetry = {
  maxRetriesPerRequest: null,
  enableOfflineQueue: true,
  socketTimeout: silenceMs,
} as const;
/** A wake-up that failed or finished is worth nothing: the truth stands in Postgres. */
const forget = { removeOnComplete: true, removeOnFail: true, attempts: 1 } as const;

/**
 * BullMQ's queues and workers, on Redis where `REDIS_URL` is set and in Postgres otherwise. They carry wake-ups only:
 * losing all of them costs time, never work.
 */
@Injectable()
export class Queues implements OnModuleDestroy {
  private readonly logger = new Logger(Queues.name);
  private readonly open = new Map<string, Queue>();
  private readonly pool: Pool | undefined;

  constructor(private readonly env: EnvDto) {
    if (env.REDIS_URL) return;
    const connectionString = env.QUEUE_DATABASE_URL ?? env.DATABASE_URL;
    this.pool = new Pool({
      connectionString,
      max: 6,
      application_name: 'inbrief-queue',
      keepAlive: true,
      query_timeout: silenceMs,
      options: '-c search_path=bullmq', // BullMQ sets it on pools of its own alone
    });
    this.pool.on('error', (error) => this.logger.warn({ err: error }, 'An idle queue connection broke'));
  }

  /** The queue of that name, made at its first use. */
  queue(name: string): Queue {
    const known = this.open.get(name);
    if (known) return known;
    const queue = new Queue(name, { ...this.connection(), defaultJobOptions: forget }, this.backend());
    queue.on('error', (error) =>
      this.logger.warn({ err: error, queue: name }, 'The queue reported an error'),
    );
    this.open.set(name, queue);
    return queue;
  }

  /** A worker that does not run until `run()` is called; its owner closes it. */
  worker<T>(name: string, process: Processor<T, void>, concurrency: number): Worker<T, void> {
    const options = {
      ...this.connection(),
      concurrency,
      autorun: false,
      maxStalledCount: 0,
      ...lockTimes(this.env),
    };
    const worker = new Worker<T, void>(name, process, options, this.backend());
    worker.on('error', (error) =>
      this.logger.warn({ err: error, queue: name }, 'The worker reported an error'),
    );
    return worker;
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.allSettled([...this.open.values()].map((queue) => queue.close()));
    await this.pool?.end();
  }

  private connection(): { connection: never } {
    return { connection: (this.pool ?? { url: this.env.REDIS_URL, ...redisRetry }) as never };
  }

  private backend(): never {
    return (this.pool ? createPostgresBackend : undefined) as never;
  }
}

/** BullMQ's own lock outlives our lease, so that only Postgres decides who owns a job. */
function lockTimes(env: EnvDto): { lockDuration: number; stalledInterval: number } {
  return { lockDuration: env.JOB_LEASE_MS * 2, stalledInterval: env.JOB_LEASE_MS };
}
