import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { type Month, monthBefore } from '../domain/statement';
import { HistoryRepository, type HistoryLine } from '../history.repository';
import { JournalRepository } from '../journal.repository';

const usersAtOnce = 100;

/** Writes the statement of the last month that is over for every wallet that has none yet; answers how many. */
export class CloseStatements extends Command<number> {
  constructor(readonly now: Date) {
    super();
  }
}

@CommandHandler(CloseStatements)
export class CloseStatementsHandler implements ICommandHandler<CloseStatements> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly journal: JournalRepository,
    private readonly history: HistoryRepository,
  ) {}

  async execute({ now }: CloseStatements): Promise<number> {
    const month = monthBefore(now);
    let closed = 0;
    for (let batch = usersAtOnce; batch === usersAtOnce; closed += batch) batch = await this.closeSome(month);
    return closed;
  }

  private closeSome(month: Month): Promise<number> {
    return this.uow.asService('close statements', async () => {
      const users = await this.journal.withoutStatement(month, usersAtOnce);
      const lines: HistoryLine[] = [];
      for (const userId of users) {
        const statement = await this.journal.statement(userId, month);
        const credits = statement.closing - statement.opening;
        lines.push({
          userId,
          kind: 'statement',
          ref: month.name,
          credits,
          details: { ...statement },
          occurredAt: month.to,
        });
      }
      await this.history.add(...lines);
      return users.length;
    });
  }
}
