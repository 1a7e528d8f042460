import { Logger } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { EnvDto } from '../../kernel/config/env.dto';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { Loop } from '../../kernel/worker/loop';
import { RunsInWorker, type WorkerTask } from '../../kernel/worker/worker-task';
import { type DueStripeEvent, StripeEventsRepository } from '../stripe-events.repository';
import { ProcessStripeEvent } from './process-stripe-event.handler';

const batchSize = 8;
const leaseMs = 60_000;
const lookEveryMs = 250;

/** Works through stored events, several at once; one that fails comes back later, and never holds up another. */
@RunsInWorker()
export class ProcessStripeEvents implements WorkerTask {
  private readonly logger = new Logger(ProcessStripeEvents.name);
  private readonly loop = new Loop(ProcessStripeEvents.name, () => this.processOnce(), lookEveryMs);

  constructor(
    private readonly env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly events: StripeEventsRepository,
    private readonly commands: CommandBus,
  ) {}

  start(): void {
    if (this.env.ENABLE_STRIPE) this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  /** Processes what is due now, a batch at most; answers whether there may be more. */
  async processOnce(): Promise<boolean> {
    const due = await this.uow.readAsService('claim events', () => this.events.claim(batchSize, leaseMs));
    await Promise.all(due.map((event) => this.process(event)));
    return due.length === batchSize;
  }

  private async process(event: DueStripeEvent): Promise<void> {
    try {
      await this.commands.execute(new ProcessStripeEvent(event));
    } catch (error) {
      this.logger.warn({ err: error, eventId: event.id, type: event.type }, 'A Stripe event was put off');
      const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      await this.uow.readAsService('put an event off', () => this.events.putOff(event, reason.slice(0, 500)));
    }
  }
}
