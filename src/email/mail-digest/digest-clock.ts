import { QueryBus } from '@nestjs/cqrs';
import { type DigestReader, ListDigestReaders } from '../../auth/contracts';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { Outbox } from '../../kernel/outbox/outbox';
import { Loop } from '../../kernel/worker/loop';
import { RunsInWorker, type WorkerTask } from '../../kernel/worker/worker-task';
import { RetentionRepository } from '../retention.repository';
import { DigestDue } from './digest-due';

const everyMs = 60_000;
const pageSize = 500;

/** Queues the digests whose hour has come; every worker may, since each day of a user is one row. */
@RunsInWorker()
export class DigestClock implements WorkerTask {
  private readonly loop = new Loop(DigestClock.name, () => this.round(), everyMs);

  constructor(
    private readonly uow: UnitOfWork,
    private readonly queries: QueryBus,
    private readonly repository: RetentionRepository,
    private readonly outbox: Outbox,
  ) {}

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  /** One pass over all readers whose digest is due at `at`. */
  async round(at: Date = new Date()): Promise<boolean> {
    let page: DigestReader[] = [];
    do {
      page = await this.queries.execute(new ListDigestReaders(at, page.at(-1)?.userId ?? null, pageSize));
      for (const reader of page) await this.queue(reader);
    } while (page.length === pageSize);
    return false;
  }

  private async queue({ userId, day, timeZone }: DigestReader): Promise<void> {
    await this.uow.asService('queue a digest', async () => {
      if (await this.repository.queueDigest(userId, day, timeZone))
        await this.outbox.publish(new DigestDue(userId, day));
    });
  }
}
