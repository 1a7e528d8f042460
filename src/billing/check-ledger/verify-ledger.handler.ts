import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { VerifyLedger, type LedgerViolation } from '../contracts';
import { LedgerRepository } from '../ledger.repository';

@QueryHandler(VerifyLedger)
export class VerifyLedgerHandler implements IQueryHandler<VerifyLedger> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ledger: LedgerRepository,
  ) {}

  execute(): Promise<LedgerViolation[]> {
    return this.uow.readAsService('verify the ledger', () => this.ledger.violations());
  }
}
