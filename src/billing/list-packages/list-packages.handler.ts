import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { AccountsRepository } from '../accounts.repository';
import type { CreditPackage } from '../domain/credit-package';

/** What is for sale. */
export class ListPackages extends Query<{ data: CreditPackage[] }> {}

@QueryHandler(ListPackages)
export class ListPackagesHandler implements IQueryHandler<ListPackages> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly accounts: AccountsRepository,
  ) {}

  async execute(): Promise<{ data: CreditPackage[] }> {
    return { data: [...(await this.uow.readAsService('list packages', () => this.accounts.packages()))] };
  }
}
