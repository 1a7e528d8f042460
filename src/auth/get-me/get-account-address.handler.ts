import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { AuthRepository } from '../auth.repository';
import { GetAccountAddress } from '../contracts';

@QueryHandler(GetAccountAddress)
export class GetAccountAddressHandler implements IQueryHandler<GetAccountAddress> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: AuthRepository,
  ) {}

  async execute({ userId }: GetAccountAddress): Promise<string | null> {
    const user = await this.uow.readAsService('name an account', () => this.users.findCredentials(userId));
    return user?.email ?? null;
  }
}
