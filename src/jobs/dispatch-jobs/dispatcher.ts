import { Logger } from '@nestjs/common';
import { EnvDto } from '../../kernel/config/env.dto';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { Queues } from '../../kernel/queue/queues';
import { SystemConfig } from '../../kernel/system-config/system-config';
import { Loop } from '../../kernel/worker/loop';
import { RunsInWorker, type WorkerTask } from '../../kernel/worker/worker-task';
import { BackgroundJobsRepository } from '../background-jobs.repository';
import { dispatchWindow, perUserConcurrency, processingEnabled } from '../jobs.settings';
import { mailsPerWakeUp } from '../domain/turns';
import { DispatchesRepository } from '../dispatches.repository';
import { emailQueue, syncQueue } from '../contracts';
import type { MailsWakeUp, SyncWakeUp } from '../wake-ups';
import { DispatchWakeUp } from './dispatch-wake-up';

const idleMs = 500;
/** Places that become free one upon the other are filled together. A claim costs the same for one mail as for the window. */
const apartMs = 200;
const syncWindow = 20;

/**
 * Keeps BullMQ short: at most `dispatch.window` mails wait there, however many are ready in Postgres. Claims commit before
 * the queue is called; a claim whose wake-up could not be sent is taken back.
 */
@RunsInWorker()
export class Dispatcher implements WorkerTask {
  private readonly logger = new Logger(Dispatcher.name);
  private readonly loop: Loop;

  constructor(
    private readonly env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly queues: Queues,
    private readonly emails: DispatchesRepository,
    private readonly syncs: BackgroundJobsRepository,
    private readonly config: SystemConfig,
    wakeUp: DispatchWakeUp,
  ) {
    this.loop = new Loop(Dispatcher.name, () => this.dispatch(), idleMs, wakeUp, apartMs);
  }

  start(): void {
    if (this.env.ENABLE_BACKGROUND_PROCESSING) this.loop.start();
    else this.logger.warn('ENABLE_BACKGROUND_PROCESSING is false: no work is started');
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async dispatch(): Promise<boolean> {
    if (!this.config.get(processingEnabled)) return false;
    // Mails first: the claim of syncs passes locked rows by, so that nobody who waits for one of these is waited for.
    const [emails, syncs] = await this.uow.readAsService('dispatch work', () =>
      Promise.all([
        this.emails.claimDispatches(
          this.config.get(dispatchWindow),
          this.config.get(perUserConcurrency),
          Math.min(mailsPerWakeUp, this.env.WORKER_CONCURRENCY),
        ),
        this.syncs.claimDispatches(syncWindow),
      ]),
    );
    await Promise.all([this.send(emailQueue, emails, this.emails), this.send(syncQueue, syncs, this.syncs)]);
    return false;
  }

  private async send(
    queueName: string,
    wakeUps: (MailsWakeUp | SyncWakeUp)[],
    owner: { undoDispatches(ids: string[]): Promise<void> },
  ) {
    if (wakeUps.length === 0) return;
    try {
      await this.queues.send(
        queueName,
        wakeUps.map((data) => ({ id: data.dispatchId, data })),
      );
    } catch (error) {
      const ids = wakeUps.map(({ dispatchId }) => dispatchId);
      await this.uow.asService('take dispatches back', () => owner.undoDispatches(ids));
      throw error;
    }
  }
}
