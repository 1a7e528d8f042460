import { CommandHandler, type ICommandHandler, type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { BillingAdministrationRepository } from '../administration.repository';
import {
  FindPayments,
  FindStripeEvents,
  ListRevenueDays,
  type PaymentView,
  ReplayStripeEvent,
  type RevenueDay,
  type StripeEventView,
} from '../contracts';

@QueryHandler(FindPayments)
export class FindPaymentsHandler implements IQueryHandler<FindPayments> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: BillingAdministrationRepository,
  ) {}

  execute({ filter, limit, before }: FindPayments): Promise<PaymentView[]> {
    return this.uow.readAsService('find payments', () => this.repository.payments(filter, limit, before));
  }
}

@QueryHandler(FindStripeEvents)
export class FindStripeEventsHandler implements IQueryHandler<FindStripeEvents> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: BillingAdministrationRepository,
  ) {}

  execute({ filter, limit, before }: FindStripeEvents): Promise<StripeEventView[]> {
    return this.uow.readAsService('find events', () => this.repository.events(filter, limit, before));
  }
}

@QueryHandler(ListRevenueDays)
export class ListRevenueDaysHandler implements IQueryHandler<ListRevenueDays> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: BillingAdministrationRepository,
  ) {}

  execute({ from, to }: ListRevenueDays): Promise<RevenueDay[]> {
    return this.uow.readAsService('sum revenue up', () => this.repository.revenue(from, to));
  }
}

@CommandHandler(ReplayStripeEvent)
export class ReplayStripeEventHandler implements ICommandHandler<ReplayStripeEvent> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: BillingAdministrationRepository,
    private readonly audit: AuditLog,
  ) {}

  execute({ eventId, reason }: ReplayStripeEvent): Promise<void> {
    return this.uow.asService('replay a Stripe event', async () => {
      const event = await this.repository.replay(eventId);
      if (!event) throw new DomainError('not-found', 'billing.event-not-found', 'There is no such event.');
      if (event.emptied)
        throw new DomainError('gone', 'billing.event-emptied', 'Its payer was forgotten, and it with them.');
      const target = { targetType: 'stripe-event', targetId: eventId };
      await this.audit.record({ action: 'billing.event-replayed', ...target, changes: { reason } });
    });
  }
}
