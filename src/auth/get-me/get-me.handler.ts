import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { AuthRepository } from '../auth.repository';
import { type AccountDto, accountDto } from './account.dto';

/** The user's own account. @throws DomainError `auth.no-such-user` (not-found). */
export class GetMe extends Query<AccountDto> {
  constructor(readonly userId: string) {
    super();
  }
}

@QueryHandler(GetMe)
export class GetMeHandler implements IQueryHandler<GetMe> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: AuthRepository,
  ) {}

  async execute({ userId }: GetMe): Promise<AccountDto> {
    const account = await this.uow.readAsUser(userId, () => this.users.findAccount(userId));
    if (!account) throw new DomainError('not-found', 'auth.no-such-user', 'There is no such user.');
    return accountDto(account);
  }
}
