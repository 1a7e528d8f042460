import { Logger } from '@nestjs/common';
import { EnvDto } from '../../kernel/config/env.dto';
import { SystemConfig } from '../../kernel/system-config/system-config';
import { Loop } from '../../kernel/worker/loop';
import { RunsInWorker, type WorkerTask } from '../../kernel/worker/worker-task';
import { type Busy, type ClaimedDelivery, TurnsRepository } from '../turns.repository';
import { webhooksEnabled } from '../webhooks.settings';
import { AttemptDelivery } from './attempt-delivery';
import { DeliveryWakeUp } from './delivery-wake-up';

/** Attempts of one worker under way at once: in all, for one user, to one endpoint. A dead receiver holds no other's place. */
const most = { inAll: 32, perUser: 6, perEndpoint: 2 };
const pollMs = 1_000;
/** What a settlement may take beyond the sending. */
const marginMs = 20_000;

/**
 * Sends what is due, at least once: an attempt whose worker dies is made again, under the same message id, when its lease ends. Any
 * number of workers may.
 */
@RunsInWorker()
export class DeliverEvents implements WorkerTask {
  private readonly logger = new Logger(DeliverEvents.name);
  private readonly loop: Loop;
  private readonly underWay = new Map<ClaimedDelivery, Promise<void>>();

  constructor(
    private readonly env: EnvDto,
    private readonly config: SystemConfig,
    private readonly turns: TurnsRepository,
    private readonly attempts: AttemptDelivery,
    private readonly wakeUp: DeliveryWakeUp,
  ) {
    this.loop = new Loop(DeliverEvents.name, () => this.round(), pollMs, wakeUp);
  }

  start(): void {
    if (this.env.ENABLE_BACKGROUND_PROCESSING) this.loop.start();
  }

  /** Resolves when the attempts under way are settled. */
  async stop(): Promise<void> {
    await this.loop.stop();
    await Promise.all(this.underWay.values());
  }

  /** Begins what there is room for; answers whether there may be more. */
  private async round(): Promise<boolean> {
    const room = most.inAll - this.underWay.size;
    if (room <= 0 || !this.config.get(webhooksEnabled)) return false;
    const claimed = await this.turns.claim(room, this.busy(), this.env.WEBHOOK_TIMEOUT_MS + marginMs);
    for (const delivery of claimed) this.underWay.set(delivery, this.attempt(delivery));
    return claimed.length > 0;
  }

  private async attempt(delivery: ClaimedDelivery): Promise<void> {
    try {
      await this.attempts.attempt(delivery);
    } catch (error) {
      const { deliveryId } = delivery;
      this.logger.warn({ err: error, deliveryId }, 'A webhook attempt was not settled; it is made again');
    } finally {
      this.underWay.delete(delivery);
      this.wakeUp.ring();
    }
  }

  private busy(): Busy {
    const claimed = [...this.underWay.keys()];
    return {
      endpoints: atLeast(
        most.perEndpoint,
        claimed.map(({ id }) => id),
      ),
      users: atLeast(
        most.perUser,
        claimed.map(({ userId }) => userId),
      ),
    };
  }
}

/** The ids that stand so often in a list. */
function atLeast(times: number, ids: string[]): string[] {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].filter(([, count]) => count >= times).map(([id]) => id);
}
