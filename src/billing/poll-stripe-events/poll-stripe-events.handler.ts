import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { handledEvents } from '../domain/stripe-endpoint';
import { toNewEvent } from '../receive-stripe-event/new-event';
import { ScheduleRepository } from '../schedule.repository';
import { StripeClient } from '../stripe/stripe.client';
import { StripeEventsRepository } from '../stripe-events.repository';

const markedAs = 'stripe-events-read';
/** Looked back on, so that an event which Stripe listed late is not passed over. */
const overlapMs = 10 * 60_000;
/** How far the very first look goes back: as long as Stripe itself tries to deliver. */
const firstLookMs = 3 * 24 * 3_600_000;

/** Fetches the events that never arrived; answers how many. Those that did arrive are known by their id. */
export class PollStripeEvents extends Command<number> {}

@CommandHandler(PollStripeEvents)
export class PollStripeEventsHandler implements ICommandHandler<PollStripeEvents> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly schedule: ScheduleRepository,
    private readonly events: StripeEventsRepository,
    private readonly stripe: StripeClient,
  ) {}

  async execute(): Promise<number> {
    const beganAt = new Date();
    const last = await this.uow.readAsService('find the last poll', () => this.schedule.lastDone(markedAs));
    const since = new Date(last ? last.beganAt.getTime() - overlapMs : beganAt.getTime() - firstLookMs);
    let added = 0;
    let after: string | undefined;
    for (let more = true; more;) {
      const page = await this.stripe.listEvents(since, handledEvents, after);
      added += await this.store(page.events);
      after = page.events.at(-1)?.id;
      more = page.more && after !== undefined;
    }
    // Marked when it is complete: a poll that broke off is done again from where the last one began.
    await this.uow.asService('mark a poll', () => this.schedule.finish(markedAs, beganAt, { added }));
    return added;
  }

  private async store(listed: Parameters<typeof toNewEvent>[0][]): Promise<number> {
    let added = 0;
    await this.uow.asService('store polled events', async () => {
      for (const event of listed) added += Number(await this.events.add(toNewEvent(event), 'poll'));
    });
    return added;
  }
}
