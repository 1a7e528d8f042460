import { CommandBus } from '@nestjs/cqrs';
import type { Worker } from 'bullmq';
import { Queues } from '../../kernel/queue/queues';
import { RunsInWorker, type WorkerTask } from '../../kernel/worker/worker-task';
import { emailQueue } from '../contracts';
import type { MailsWakeUp } from '../wake-ups';
import { Places } from './places';
import { ProcessEmails } from './process-emails.handler';

/** One wake-up waits for places at a time; the mails of those before it are under way meanwhile. */
@RunsInWorker()
export class ProcessEmailsProcessor implements WorkerTask {
  private worker: Worker<MailsWakeUp, void> | undefined;

  constructor(
    private readonly queues: Queues,
    private readonly commands: CommandBus,
    private readonly places: Places,
  ) {}

  start(): void {
    this.places.open();
    this.worker = this.queues.worker<MailsWakeUp>(
      emailQueue,
      ({ data }) => this.commands.execute(new ProcessEmails(data.ids, data.dispatchId)),
      1,
    );
    void this.worker.run();
  }

  async stop(): Promise<void> {
    this.places.close();
    await this.worker?.close();
    await this.places.empty();
  }
}
