import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { Outbox } from '../../kernel/outbox/outbox';
import { FlagStalledConnections } from '../contracts/commands';
import { ConnectionStalled } from '../contracts/events';
import { stallAfterMs, unreadTooLongMs } from '../domain/connection-health';
import { WatchesRepository } from '../watches.repository';

@CommandHandler(FlagStalledConnections)
export class FlagStalledConnectionsHandler implements ICommandHandler<FlagStalledConnections> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: WatchesRepository,
    private readonly outbox: Outbox,
  ) {}

  execute(): Promise<{ stalled: number }> {
    return this.uow.asService('look for stalled mailboxes', async () => {
      const stalled = await this.repository.markStalled(stallAfterMs, unreadTooLongMs);
      if (stalled.length > 0)
        await this.outbox.publish(...stalled.map(({ userId, id }) => new ConnectionStalled(userId, id)));
      return { stalled: stalled.length };
    });
  }
}
