import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { createPostgresBackend, type Processor, Queue, Worker } from 'bullmq';
import { Pool } from 'pg';
import { EnvDto } from '../config/env.dto';
import { poolTerms } from '../database/pool-terms';

const redisRetry = {
  maxRetriesPerRequest: null,
  enableOfflineQueue: true,
  socketTimeout: poolTerms.query_timeout,
} as const;
/**
 * So many wake-ups are handed to Postgres one by one. For a bulk BullMQ makes two temporary tables there: one alone then costs 4.7 ms of
 * Postgres's CPU instead of 0.7, three 5.4 instead of 1.4. Ten take longer one by one than together.
 */
const fewJobs = 8;
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
      ...poolTerms,
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

  /** Hands wake-ups over, in this order, each under its id. Where it throws, some may have been handed over. */
  async send(name: string, wakeUps: readonly { id: string; data: object }[]): Promise<void> {
    const queue = this.queue(name);
    const jobs = wakeUps.map(({ id, data }) => ({ name, data, opts: { jobId: id } }));
    if (!this.pool || jobs.length > fewJobs) await queue.addBulk(jobs);
    else for (const { data, opts } of jobs) await queue.add(name, data, opts);
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
