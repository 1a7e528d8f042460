import { CommandBus } from '@nestjs/cqrs';
import type { Worker } from 'bullmq';
import { Queues } from '../../kernel/queue/queues';
import { RunsInWorker, type WorkerTask } from '../../kernel/worker/worker-task';
import { syncQueue } from '../contracts';
import type { SyncWakeUp } from '../wake-ups';
import { RunSync } from './run-sync.handler';

const concurrency = 4;

@RunsInWorker()
export class RunSyncProcessor implements WorkerTask {
  private worker: Worker<SyncWakeUp, void> | undefined;

  constructor(
    private readonly queues: Queues,
    private readonly commands: CommandBus,
  ) {}

  start(): void {
    const walk = ({ data }: { data: SyncWakeUp }) =>
      this.commands.execute(new RunSync(data.id, data.dispatchId));
    this.worker = this.queues.worker<SyncWakeUp>(syncQueue, walk, concurrency);
    void this.worker.run();
  }

  async stop(): Promise<void> {
    await this.worker?.close();
  }
}
