import { Logger } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { Outbox } from '../../kernel/outbox/outbox';
import { MailboxChanged } from '../contracts/events';
import { PushTokenVerifier } from '../google/push-token-verifier';
import { WatchesRepository } from '../watches.repository';
import { readNotice } from './push-message';

/** A walk that was asked for and did not come within this time is asked for again, ms. */
const patienceMs = 60_000;

/**
 * Takes a push of Pub/Sub. A burst for one mailbox publishes one `MailboxChanged`; a push about what is known already
 * publishes none. What cannot be read, or is about nobody's mailbox, is taken too: sending it again would not help.
 * @throws DomainError `gmail.push-refused` (unauthenticated).
 */
export class ReceivePush extends Command<void> {
  constructor(
    readonly authorization: string | undefined,
    readonly envelope: unknown,
  ) {
    super();
  }
}

@CommandHandler(ReceivePush)
export class ReceivePushHandler implements ICommandHandler<ReceivePush> {
  private readonly logger = new Logger(ReceivePushHandler.name);

  constructor(
    private readonly verifier: PushTokenVerifier,
    private readonly uow: UnitOfWork,
    private readonly repository: WatchesRepository,
    private readonly outbox: Outbox,
  ) {}

  async execute({ authorization, envelope }: ReceivePush): Promise<void> {
    await this.verifier.verify(authorization);
    const notice = readNotice(envelope);
    if (!notice) {
      this.logger.warn('A genuine push could not be read');
      return;
    }
    await this.uow.asService('note a push', async () => {
      const changed = await this.repository.notePush(notice.emailAddress, notice.historyId, patienceMs);
      if (changed.length > 0)
        await this.outbox.publish(...changed.map(({ userId, id }) => new MailboxChanged(userId, id)));
    });
  }
}
