import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { EnvDto } from '../../kernel/config/env.dto';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { RenewWatch, RenewWatches } from '../contracts/commands';
import { WatchesRepository } from '../watches.repository';

const dayMs = 86_400_000;
/** A watch lasts seven days; one that has less than this left is a day old, ms. */
const renewBelowMs = 6 * dayMs;
const retryPauseMs = 15 * 60_000;
const batchSize = 100;

@CommandHandler(RenewWatches)
export class RenewWatchesHandler implements ICommandHandler<RenewWatches> {
  constructor(
    private readonly env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly repository: WatchesRepository,
    private readonly commands: CommandBus,
  ) {}

  async execute(): Promise<{ tried: number }> {
    if (this.env.GMAIL_PUSH_TOPIC === undefined) return { tried: 0 };
    const before = new Date(Date.now() + renewBelowMs);
    const due = await this.uow.readAsService('find watches to renew', () =>
      this.repository.claimWatches(before, retryPauseMs, batchSize),
    );
    for (const { userId, id } of due) await this.commands.execute(new RenewWatch(userId, id));
    return { tried: due.length };
  }
}
