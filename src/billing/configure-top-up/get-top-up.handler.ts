import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { AccountsRepository, type TopUpSettings } from '../accounts.repository';

/** How a user is kept in credits. */
export class GetTopUp extends Query<TopUpSettings> {
  constructor(readonly userId: string) {
    super();
  }
}

@QueryHandler(GetTopUp)
export class GetTopUpHandler implements IQueryHandler<GetTopUp> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly accounts: AccountsRepository,
  ) {}

  execute({ userId }: GetTopUp): Promise<TopUpSettings> {
    return this.uow.readAsUser(userId, () => this.accounts.topUp(userId));
  }
}
