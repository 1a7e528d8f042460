import { Injectable } from '@nestjs/common';
import type { WebhookAttempt, WebhookDelivery } from '../kernel/database/generated/client';
import { UnitOfWork } from '../kernel/database/unit-of-work';

export type { WebhookAttempt, WebhookDelivery };

/** One event for one endpoint, before anything is sent. */
export interface NewDelivery {
  id: string;
  userId: string;
  endpointId: string;
  eventId: string;
  eventType: string;
  payload: string;
}

/** A delivery as it is listed: without its payload. */
export type DeliveryRow = Omit<WebhookDelivery, 'payload'>;

/** What users are shown of `webhook_deliveries` and `webhook_attempts`, and what makes them send. */
@Injectable()
export class DeliveriesRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** Adds the deliveries that are not there yet, by event and endpoint; answers how many are new. */
  async record(deliveries: NewDelivery[]): Promise<number> {
    const { count } = await this.uow.db.webhookDelivery.createMany({
      data: deliveries,
      skipDuplicates: true,
    });
    return count;
  }

  /** A page of an endpoint's deliveries, newest first. */
  list(userId: string, endpointId: string, state: string | undefined, before: string | null, limit: number) {
    return this.uow.db.webhookDelivery.findMany({
      where: { userId, endpointId, ...(state && { state }), ...(before && { id: { lt: before } }) },
      orderBy: { id: 'desc' },
      take: limit,
      omit: { payload: true },
    });
  }

  find(userId: string, endpointId: string, id: string): Promise<WebhookDelivery | null> {
    return this.uow.db.webhookDelivery.findFirst({ where: { userId, endpointId, id } });
  }

  /** What came of each attempt, the first one first. */
  attempts(userId: string, deliveryId: string): Promise<WebhookAttempt[]> {
    return this.uow.db.webhookAttempt.findMany({
      where: { userId, deliveryId },
      orderBy: { attempt: 'asc' },
    });
  }

  /** Begins a new round of attempts, now, under the same message id. */
  async replay(userId: string, endpointId: string, id: string): Promise<void> {
    await this.uow.db.$executeRaw`
      update webhook_deliveries
      set state = 'pending', attempts_before = attempts, begun_at = now(), next_attempt_at = now(), finished_at = null,
          error_code = null
      where id = ${id}::uuid and endpoint_id = ${endpointId}::uuid and user_id = ${userId}::uuid`;
  }

  /** Everything of a user that is still in the log, oldest first, at most `limit`. */
  listAll(userId: string, limit: number): Promise<DeliveryRow[]> {
    return this.uow.db.webhookDelivery.findMany({
      where: { userId },
      orderBy: { id: 'asc' },
      take: limit,
      omit: { payload: true },
    });
  }

  /** Forgets at most `limit` deliveries that ended over `days` days ago, with their attempts; answers how many (service). */
  async purge(days: number, limit: number): Promise<number> {
    return this.uow.db.$executeRaw`
      delete from webhook_deliveries where id in (
        select id from webhook_deliveries
        where state <> 'pending' and finished_at < now() - ${days} * interval '1 day' limit ${limit} for update skip locked)`;
  }
}
