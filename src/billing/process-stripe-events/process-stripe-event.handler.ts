import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { validate as isUuid } from 'uuid';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { PaymentsRepository } from '../payments.repository';
import { SettlePayment } from '../settle-payment/settle-payment.handler';
import { StripeClient } from '../stripe/stripe.client';
import { type DueStripeEvent, StripeEventsRepository } from '../stripe-events.repository';

/** Finds the payment that a stored event is about and settles it. What the event itself says of it is not believed. */
export class ProcessStripeEvent extends Command<void> {
  constructor(readonly event: DueStripeEvent) {
    super();
  }
}

@CommandHandler(ProcessStripeEvent)
export class ProcessStripeEventHandler implements ICommandHandler<ProcessStripeEvent> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly events: StripeEventsRepository,
    private readonly payments: PaymentsRepository,
    private readonly stripe: StripeClient,
    private readonly commands: CommandBus,
  ) {}

  async execute({ event }: ProcessStripeEvent): Promise<void> {
    const about = readSubject(event.payload.data.object);
    const paymentId = await this.paymentOf(about);
    if (paymentId) await this.commands.execute(new SettlePayment(paymentId, about));
    const outcome = paymentId ? 'settled' : 'unrelated';
    await this.uow.readAsService('close an event', () => this.events.markProcessed(event.id, outcome));
  }

  private async paymentOf({ paymentId, sessionId, intentId }: Subject): Promise<string | undefined> {
    const stripeIds = [sessionId, intentId].filter((id) => id !== undefined);
    const known = await this.uow.readAsService('find a payment', () =>
      this.payments.findIdBy(paymentId, stripeIds),
    );
    // Metadata that names a payment names one of ours; without it, the intent may.
    if (known || paymentId || !intentId) return known;
    const named = await this.stripe.paymentIdOf(intentId).catch(unlessGone);
    if (!isUuid(named)) return undefined;
    return this.uow.readAsService('find a payment', () => this.payments.findIdBy(named, []));
  }
}

/** What an event's object says about whose it is: a session, an intent, or something that hangs on an intent. */
interface Subject {
  paymentId?: string;
  sessionId?: string;
  intentId?: string;
}

function readSubject(object: Record<string, unknown>): Subject {
  const metadata = (object.metadata ?? {}) as Record<string, unknown>;
  const id = text(object.id);
  return {
    paymentId: isUuid(metadata.payment_id) ? (metadata.payment_id as string) : undefined,
    sessionId: object.object === 'checkout.session' ? id : undefined,
    intentId: object.object === 'payment_intent' ? id : text(object.payment_intent),
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function unlessGone(error: unknown): undefined {
  if (error instanceof DomainError && error.kind === 'not-found') return undefined;
  throw error;
}
