import { type IQueryHandler, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { GetBillingPersonalData, type PersonalData } from '../../auth/contracts';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { AccountsRepository } from '../accounts.repository';
import { GetBalance } from '../contracts';
import { HistoryRepository } from '../history.repository';
import { JournalRepository } from '../journal.repository';
import { PaymentsRepository } from '../payments.repository';

/** More rows than any account has; an export is complete or it is nothing. */
const everything = 10_000_000;
const noFilter = { kinds: null, from: null, to: null, before: null };

@QueryHandler(GetBillingPersonalData)
export class GetBillingPersonalDataHandler implements IQueryHandler<GetBillingPersonalData> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly queries: QueryBus,
    private readonly accounts: AccountsRepository,
    private readonly payments: PaymentsRepository,
    private readonly history: HistoryRepository,
    private readonly journal: JournalRepository,
  ) {}

  async execute({ userId }: GetBillingPersonalData): Promise<PersonalData> {
    const balance = await this.queries.execute(new GetBalance(userId));
    return this.uow.readAsUser(userId, async () => ({
      balance,
      topUp: await this.accounts.topUp(userId),
      payments: await this.payments.listAll(userId),
      history: await this.history.list(userId, undefined, null, everything),
      transactions: await this.journal.list(userId, noFilter, everything),
    }));
  }
}
