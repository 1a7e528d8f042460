import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { TurnsRepository } from '../turns.repository';

/** Gives a user who bought credits the turns of a paying one, for good. */
export class RaisePriority extends Command<void> {
  constructor(readonly userId: string) {
    super();
  }
}

@CommandHandler(RaisePriority)
export class RaisePriorityHandler implements ICommandHandler<RaisePriority> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly turns: TurnsRepository,
  ) {}

  execute({ userId }: RaisePriority): Promise<void> {
    return this.uow.readAsService('raise a priority', () => this.turns.raiseToPaying(userId));
  }
}
