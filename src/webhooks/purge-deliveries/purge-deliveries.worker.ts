import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { SystemConfig } from '../../kernel/system-config/system-config';
import { Loop } from '../../kernel/worker/loop';
import { RunsInWorker, type WorkerTask } from '../../kernel/worker/worker-task';
import { DeliveriesRepository } from '../deliveries.repository';
import { deliveryLogDays } from '../webhooks.settings';

const everyMs = 60 * 60_000;
/** Rows of one statement, so that no lock is held for long. */
const batch = 1_000;

/** Forgets old deliveries once an hour; every worker may, since repeating it changes nothing. */
@RunsInWorker()
export class PurgeDeliveries implements WorkerTask {
  private readonly loop: Loop;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly config: SystemConfig,
    private readonly deliveries: DeliveriesRepository,
  ) {
    this.loop = new Loop(PurgeDeliveries.name, () => this.purge(), everyMs);
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  /** One batch; answers whether there may be more. */
  async purge(): Promise<boolean> {
    const days = this.config.get(deliveryLogDays);
    const purged = await this.uow.readAsService('forget old webhook deliveries', () =>
      this.deliveries.purge(days, batch),
    );
    return purged === batch;
  }
}
