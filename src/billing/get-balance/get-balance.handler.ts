import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { firstAfter, goodUntil } from '../../kernel/http/kept/good-until';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { type Balance, GetBalance } from '../contracts';
import { LedgerRepository } from '../ledger.repository';

@QueryHandler(GetBalance)
export class GetBalanceHandler implements IQueryHandler<GetBalance> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ledger: LedgerRepository,
  ) {}

  async execute({ userId }: GetBalance): Promise<Balance> {
    // Before the reading: a lot that expires meanwhile ends the answer that still has it.
    const asked = Date.now();
    const balance = await this.uow.readAsUser(userId, () => this.ledger.balance(userId));
    const ends = balance.lots.map(({ expiresAt }) => (expiresAt === null ? null : Date.parse(expiresAt)));
    return goodUntil(balance, firstAfter(asked, ends));
  }
}
