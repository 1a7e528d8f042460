import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { type Balance, GetBalance } from '../contracts';
import { LedgerRepository } from '../ledger.repository';

@QueryHandler(GetBalance)
export class GetBalanceHandler implements IQueryHandler<GetBalance> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ledger: LedgerRepository,
  ) {}

  execute({ userId }: GetBalance): Promise<Balance> {
    return this.uow.readAsUser(userId, () => this.ledger.balance(userId));
  }
}
