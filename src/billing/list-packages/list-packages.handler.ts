import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { SystemConfig } from '../../kernel/system-config/system-config';
import { packagesForSale } from '../billing.settings';
import type { CreditPackage } from '../domain/credit-package';

/** What is for sale. */
export class ListPackages extends Query<{ data: CreditPackage[] }> {}

@QueryHandler(ListPackages)
export class ListPackagesHandler implements IQueryHandler<ListPackages> {
  constructor(private readonly config: SystemConfig) {}

  execute(): Promise<{ data: CreditPackage[] }> {
    return Promise.resolve({ data: [...this.config.get(packagesForSale)] });
  }
}
