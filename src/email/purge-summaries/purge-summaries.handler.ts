import { CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { ListRetentions, type Retention } from '../../auth/contracts';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { PurgeSummaries } from '../contracts';
import { RetentionRepository } from '../retention.repository';

/** Rows in one statement, and statements for one user in one pass: the rest waits for the next hour. */
const [batch, batches] = [500, 20];
const pageOfUsers = 500;
const digestDays = 60;

@CommandHandler(PurgeSummaries)
export class PurgeSummariesHandler implements ICommandHandler<PurgeSummaries> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly queries: QueryBus,
    private readonly repository: RetentionRepository,
  ) {}

  async execute(): Promise<{ purged: number }> {
    let purged = 0;
    let page: Retention[] = [];
    do {
      page = await this.queries.execute(new ListRetentions(page.at(-1)?.userId ?? null, pageOfUsers));
      for (const { userId, days } of page) purged += await this.purge(userId, days);
    } while (page.length === pageOfUsers);
    await this.uow.readAsService('forget old digests', () => this.repository.dropDigestsBefore(digestDays));
    return { purged };
  }

  /** Each batch is a transaction of its own, so that no lock is held for long. */
  private async purge(userId: string, days: number): Promise<number> {
    let purged = 0;
    for (let round = 0; round < batches; round++) {
      const emptied = await this.uow.readAsService('empty what is kept no longer', () =>
        this.repository.empty(userId, days, batch),
      );
      purged += emptied;
      if (emptied < batch) break;
    }
    return purged;
  }
}
