import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { monthOf, statementCsv } from '../domain/statement';
import { JournalRepository } from '../journal.repository';

/** A month's statement as CSV; the running month's as it stands. @throws DomainError `billing.bad-month`. */
export class ExportStatement extends Query<string> {
  constructor(
    readonly userId: string,
    readonly month: string,
    readonly now: Date,
  ) {
    super();
  }
}

@QueryHandler(ExportStatement)
export class ExportStatementHandler implements IQueryHandler<ExportStatement> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly journal: JournalRepository,
  ) {}

  execute({ userId, month: name, now }: ExportStatement): Promise<string> {
    const month = monthOf(name, now);
    return this.uow.readAsUser(userId, async () => {
      const opening = await this.journal.balanceBefore(userId, month.from);
      return statementCsv(month, opening, await this.journal.statementLines(userId, month));
    });
  }
}
