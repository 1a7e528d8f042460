import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ListConnectionsDueForSync } from '../../gmail/contracts';
import { SystemConfig } from '../../kernel/system-config/system-config';
import { Loop } from '../../kernel/worker/loop';
import { RunsInWorker, type WorkerTask } from '../../kernel/worker/worker-task';
import { StartSync } from '../contracts';
import { syncEveryMinutes } from '../jobs.settings';

const lookEveryMs = 60_000;
const batchSize = 200;

/** The net beneath the pushes: every connected mailbox is read at least every `sync.everyMinutes`. */
@RunsInWorker()
export class ScheduleSyncs implements WorkerTask {
  private readonly loop: Loop;

  constructor(
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
    private readonly config: SystemConfig,
  ) {
    this.loop = new Loop(ScheduleSyncs.name, () => this.schedule(), lookEveryMs);
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  /** One look; answers false, since there is never more to do at once. */
  async schedule(): Promise<boolean> {
    const olderThanMs = this.config.get(syncEveryMinutes) * 60_000;
    const due = await this.queries.execute(new ListConnectionsDueForSync(olderThanMs, batchSize));
    for (const { userId, connectionId } of due)
      await this.commands.execute(new StartSync(userId, connectionId, 'schedule'));
    return false;
  }
}
