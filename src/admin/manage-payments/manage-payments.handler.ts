import { type IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { FindPayments, FindStripeEvents } from '../../billing/contracts';
import { AdminLists } from '../admin-lists';
import type {
  AdminPaymentPage,
  AdminStripeEventPage,
  SearchPaymentsDto,
  SearchStripeEventsDto,
} from './manage-payments.dto';

/** A page of purchases, the newest first. */
export class SearchPayments extends Query<AdminPaymentPage> {
  constructor(readonly search: SearchPaymentsDto) {
    super();
  }
}

@QueryHandler(SearchPayments)
export class SearchPaymentsHandler implements IQueryHandler<SearchPayments> {
  constructor(
    private readonly queries: QueryBus,
    private readonly lists: AdminLists,
  ) {}

  execute({ search }: SearchPayments): Promise<AdminPaymentPage> {
    const { userId, status, id } = search;
    return this.lists.page('admin.payments', search, (limit, before) =>
      this.queries.execute(new FindPayments({ userId, status, id }, limit, before)),
    );
  }
}

/** A page of Stripe's events, the last received first. */
export class SearchStripeEvents extends Query<AdminStripeEventPage> {
  constructor(readonly search: SearchStripeEventsDto) {
    super();
  }
}

@QueryHandler(SearchStripeEvents)
export class SearchStripeEventsHandler implements IQueryHandler<SearchStripeEvents> {
  constructor(
    private readonly queries: QueryBus,
    private readonly lists: AdminLists,
  ) {}

  execute({ search }: SearchStripeEvents): Promise<AdminStripeEventPage> {
    const { id, type, open } = search;
    return this.lists.page('admin.stripe-events', search, (limit, before) =>
      this.queries.execute(new FindStripeEvents({ id, type, open }, limit, before)),
    );
  }
}
