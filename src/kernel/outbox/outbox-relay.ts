import { Logger } from '@nestjs/common';
import { CommandBus, EventBus } from '@nestjs/cqrs';
import { EnvDto } from '../config/env.dto';
import { revive } from '../cqrs/domain-event';
import { Metrics } from '../observability/metrics';
import { inSpan } from '../observability/spans';
import { runAsDelivery } from '../observability/work-context';
import { Loop } from '../worker/loop';
import { RunsInWorker, type WorkerTask } from '../worker/worker-task';
import { type OutboxMessage, OutboxRepository } from './outbox.repository';
import { OutboxWakeUp } from './outbox-wake-up';
import { SagaRegistry } from './saga-registry';

const batchSize = 100;
const concurrency = 16;
/** Events that are committed one upon the other are relayed together; one that comes alone does not wait. */
const apartMs = 100;
const maxAttempts = 12;
const firstRetryMs = 250;
const longestRetryMs = 120_000;

/**
 * Turns committed events into commands. A message is marked published only when every command of every saga succeeded;
 * otherwise it comes back later, so a command must be a no-op when it is repeated. After 12 attempts a message is dead.
 */
@RunsInWorker()
export class OutboxRelay implements WorkerTask {
  private readonly logger = new Logger(OutboxRelay.name);
  private readonly loop: Loop;
  private readonly deliveries;

  constructor(
    private readonly env: EnvDto,
    private readonly repository: OutboxRepository,
    private readonly sagas: SagaRegistry,
    wakeUp: OutboxWakeUp,
    private readonly commands: CommandBus,
    private readonly observers: EventBus,
    metrics: Metrics,
  ) {
    const help = 'Events that were delivered, or not this time, by type.';
    this.deliveries = metrics.counter('inbrief_outbox_deliveries_total', help, ['type', 'outcome']);
    this.loop = new Loop(
      'Outbox relay',
      async () => (await this.relayOnce()) === batchSize,
      env.OUTBOX_POLL_MS,
      wakeUp,
      apartMs,
    );
  }

  start(): void {
    this.loop.start();
  }

  /** Resolves when the messages under way are settled. */
  stop(): Promise<void> {
    return this.loop.stop();
  }

  /** Relays what is due now and answers how many messages it claimed. */
  async relayOnce(): Promise<number> {
    const messages = await this.repository.claim(batchSize, this.env.JOB_LEASE_MS);
    const queue = [...messages];
    const claimed = new Set(messages.map(({ id }) => id));
    const lanes = Array.from({ length: Math.min(concurrency, queue.length) }, async () => {
      for (let message = queue.shift(); message; message = queue.shift())
        if (!(await this.settle(message))) claimed.delete(message.id);
    });
    await this.claimedWhile(claimed, () => Promise.all(lanes));
    if (claimed.size > 0) await this.repository.markPublished([...claimed]);
    return messages.length;
  }

  /** A claim is short, so that a dead relay's messages are soon another's; a slow command keeps it. */
  private async claimedWhile<T>(claimed: ReadonlySet<string>, work: () => Promise<T>): Promise<T> {
    const { JOB_LEASE_MS } = this.env;
    const renewal = setInterval(() => {
      this.repository.renew([...claimed], JOB_LEASE_MS).catch((error: unknown) => {
        this.logger.warn({ err: error }, 'The claim on events under way could not be renewed');
      });
    }, JOB_LEASE_MS / 3);
    try {
      return await work();
    } finally {
      clearInterval(renewal);
    }
  }

  private async execute(message: OutboxMessage): Promise<void> {
    const event = revive(message.type, message.payload);
    if (!event) throw new Error(`No event is called ${message.type}`);
    const occurrence = { id: message.id, at: message.occurredAt.toISOString() };
    for (const command of this.sagas.commandsFor(event, occurrence))
      await inSpan(command.constructor.name, {}, () => this.commands.execute(command));
    this.observers.publish(event);
  }

  private settle(message: OutboxMessage): Promise<boolean> {
    return runAsDelivery(message.id, message.requestId, () => this.deliver(message));
  }

  private async deliver(message: OutboxMessage): Promise<boolean> {
    const attributes = { 'inbrief.message_id': message.id, 'inbrief.attempt': message.attempts };
    const { type, traceparent: parent } = message;
    try {
      await inSpan(`deliver ${type}`, { kind: 'consumer', parent, attributes }, () => this.execute(message));
      this.deliveries.inc({ type, outcome: 'delivered' });
      return true;
    } catch (error) {
      this.deliveries.inc({ type, outcome: 'failed' });
      const exhausted = message.attempts >= maxAttempts;
      const delayMs = exhausted ? undefined : retryDelayMs(message.attempts);
      this.logger.warn({ err: error, type, delayMs }, 'An event was not delivered');
      await this.repository.markFailed(message.id, describe(error), delayMs);
      return false;
    }
  }
}

function retryDelayMs(attempts: number): number {
  const ceiling = Math.min(longestRetryMs, firstRetryMs * 2 ** (attempts - 1));
  return Math.round(ceiling / 2 + (Math.random() * ceiling) / 2);
}

function describe(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 500);
}
