import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { EndpointsRepository } from '../endpoints.repository';

/** Removes the endpoints of a deleted account, with their secrets and logs. */
export class ForgetEndpoints extends Command<void> {
  constructor(readonly userId: string) {
    super();
  }
}

@CommandHandler(ForgetEndpoints)
export class ForgetEndpointsHandler implements ICommandHandler<ForgetEndpoints> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly endpoints: EndpointsRepository,
  ) {}

  execute({ userId }: ForgetEndpoints): Promise<void> {
    return this.uow.asService('forget a user', () => this.endpoints.removeAll(userId));
  }
}
