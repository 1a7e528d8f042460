import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { type DomainEvent, subjectOf, typeOf } from '../cqrs/domain-event';
import type { Origin } from '../cqrs/origin';
import { Prisma } from '../database/generated/client';
import { UnitOfWork } from '../database/unit-of-work';
import { DomainError } from '../errors/domain-error';
import { currentOrigin } from '../observability/work-context';
import { OutboxWakeUp } from './outbox-wake-up';

/** An event of a work that is not, or not alone, the one going on. */
export interface EventFrom {
  readonly event: DomainEvent;
  readonly origin: Origin;
}

/** Where a command handler leaves its events: they commit with its rows, or not at all. */
@Injectable()
export class Outbox {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly wakeUp: OutboxWakeUp,
  ) {}

  /**
   * Writes the events in the ambient transaction; the relay delivers each at least once after the commit, in
   * the trace, and under the call, that is under way now.
   * @throws DomainError `kernel.publish-outside-transaction` when there is no transaction to commit with.
   */
  publish(...events: DomainEvent[]): Promise<void> {
    const origin = currentOrigin();
    return this.publishFrom(events.map((event) => ({ event, origin })));
  }

  /** As `publish`, each event in the trace, and under the call, that it names. */
  async publishFrom(events: readonly EventFrom[]): Promise<void> {
    if (!this.uow.inTransaction)
      throw new DomainError(
        'internal',
        'kernel.publish-outside-transaction',
        'An event must commit with its rows',
      );
    if (events.length === 0) return;
    const rows = events.map(
      ({ event, origin }) =>
        Prisma.sql`(${uuidv7()}, ${typeOf(event)}, ${subjectOf(event)}, ${event.userId}, ${JSON.stringify(event)},
          ${origin.traceparent}, ${origin.requestId})`,
    );
    await this.uow.run(Prisma.sql`
      insert into outbox_messages (id, type, subject_id, user_id, payload, traceparent, request_id)
      values ${Prisma.join(rows)}`);
    this.uow.afterCommit(() => this.wakeUp.ring());
  }
}
