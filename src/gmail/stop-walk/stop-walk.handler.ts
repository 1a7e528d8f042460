import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { StopWalk } from '../contracts/commands';
import { WalksRepository } from '../walks.repository';

/** The walker is not told: it finds its lease gone when it commits its next page. */
@CommandHandler(StopWalk)
export class StopWalkHandler implements ICommandHandler<StopWalk> {
  constructor(private readonly walks: WalksRepository) {}

  execute({ userId, connectionId, runId }: StopWalk): Promise<void> {
    return this.walks.stop(userId, connectionId, runId);
  }
}
