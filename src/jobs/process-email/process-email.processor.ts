import { CommandBus } from '@nestjs/cqrs';
import type { Worker } from 'bullmq';
import { EnvDto } from '../../kernel/config/env.dto';
import { Queues } from '../../kernel/queue/queues';
import { RunsInWorker, type WorkerTask } from '../../kernel/worker/worker-task';
import { DispatchWakeUp } from '../dispatch-jobs/dispatch-wake-up';
import { emailQueue } from '../contracts';
import type { WakeUpData } from '../wake-up-data';
import { ProcessEmail } from './process-email.handler';

@RunsInWorker()
export class ProcessEmailProcessor implements WorkerTask {
  private worker: Worker<WakeUpData, void> | undefined;

  constructor(
    private readonly env: EnvDto,
    private readonly queues: Queues,
    private readonly commands: CommandBus,
    private readonly dispatcher: DispatchWakeUp,
  ) {}

  start(): void {
    this.worker = this.queues.worker<WakeUpData>(
      emailQueue,
      async ({ data }) => {
        await this.commands.execute(new ProcessEmail(data.id, data.dispatchId));
        this.dispatcher.ring();
      },
      this.env.WORKER_CONCURRENCY,
    );
    void this.worker.run();
  }

  async stop(): Promise<void> {
    await this.worker?.close();
  }
}
