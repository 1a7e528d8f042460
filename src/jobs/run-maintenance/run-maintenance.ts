import { CommandBus } from '@nestjs/cqrs';
import { PurgeExpiredCredentials } from '../../auth/contracts';
import { IdempotencyRepository } from '../../kernel/http/idempotency/idempotency.repository';
import { PurgeSummaries } from '../../email/contracts';
import { OutboxRepository } from '../../kernel/outbox/outbox.repository';
import { Loop } from '../../kernel/worker/loop';
import { StreamsRepository } from '../streams.repository';
import { RunsInWorker, type WorkerTask } from '../../kernel/worker/worker-task';

const everyMs = 60 * 60_000;

/** Forgets what nobody needs any more, once an hour; every worker may, since repeating it changes nothing. */
@RunsInWorker()
export class RunMaintenance implements WorkerTask {
  private readonly loop: Loop;

  constructor(
    private readonly commands: CommandBus,
    private readonly outbox: OutboxRepository,
    private readonly keys: IdempotencyRepository,
    private readonly streams: StreamsRepository,
  ) {
    this.loop = new Loop(RunMaintenance.name, () => this.run(), everyMs);
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  /** One pass; answers false, since there is never more to do at once. */
  async run(): Promise<boolean> {
    await this.commands.execute(new PurgeExpiredCredentials());
    await this.commands.execute(new PurgeSummaries());
    await this.outbox.purgePublished();
    await this.keys.purge();
    await this.streams.purge();
    return false;
  }
}
