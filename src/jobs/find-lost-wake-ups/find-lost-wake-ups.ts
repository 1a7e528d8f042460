import { Logger } from '@nestjs/common';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { Queues } from '../../kernel/queue/queues';
import { Loop } from '../../kernel/worker/loop';
import { RunsInWorker, type WorkerTask } from '../../kernel/worker/worker-task';
import { BackgroundJobsRepository } from '../background-jobs.repository';
import { DispatchWakeUp } from '../dispatch-jobs/dispatch-wake-up';
import { DispatchesRepository } from '../dispatches.repository';
import { emailQueue, syncQueue } from '../contracts';

/** Milliseconds between two looks, and the age from which a wake-up is looked for: younger ones may be on their way. */
const lookEveryMs = 5_000;

/**
 * Asks BullMQ for the wake-ups that nobody has taken yet, and sends again what it has lost. A flushed Redis would otherwise
 * leave the window full of wake-ups that never come, and everyone's work would stand still until they timed out.
 */
@RunsInWorker()
export class FindLostWakeUps implements WorkerTask {
  private readonly logger = new Logger(FindLostWakeUps.name);
  private readonly loop = new Loop(FindLostWakeUps.name, () => this.look(), lookEveryMs);

  constructor(
    private readonly uow: UnitOfWork,
    private readonly queues: Queues,
    private readonly emails: DispatchesRepository,
    private readonly syncs: BackgroundJobsRepository,
    private readonly dispatcher: DispatchWakeUp,
  ) {}

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  /** One look; answers false, since there is never more to do at once. */
  async look(): Promise<boolean> {
    const lost = (await this.lookIn(syncQueue, this.syncs)) + (await this.lookIn(emailQueue, this.emails));
    if (lost > 0) {
      this.logger.warn(`${lost} wake-up(s) that the queue had lost are sent again`);
      this.dispatcher.ring();
    }
    return false;
  }

  private async lookIn(
    queueName: string,
    owner: DispatchesRepository | BackgroundJobsRepository,
  ): Promise<number> {
    const sent = await this.uow.readAsService('look at wake-ups', () => owner.listDispatched(lookEveryMs));
    const queue = this.queues.queue(queueName);
    const states = await Promise.all(sent.map((dispatchId) => queue.getJobState(dispatchId)));
    const lost = sent.filter((_, index) => states[index] === 'unknown');
    if (lost.length > 0)
      await this.uow.asService('take lost wake-ups back', () => owner.undoDispatches(lost));
    return lost.length;
  }
}
