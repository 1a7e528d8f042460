import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { CursorCodec } from '../../kernel/http/cursor';
import { cutPage } from '../../kernel/http/page';
import { JournalRepository } from '../journal.repository';
import type { ListTransactionsDto, TransactionPage } from './list-transactions.dto';

const listName = 'billing.transactions';

/** A page of a user's ledger lines, newest first, each with the balance after it. */
export class ListTransactions extends Query<TransactionPage> {
  constructor(
    readonly userId: string,
    readonly filter: ListTransactionsDto,
  ) {
    super();
  }
}

@QueryHandler(ListTransactions)
export class ListTransactionsHandler implements IQueryHandler<ListTransactions> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly journal: JournalRepository,
    private readonly cursors: CursorCodec,
  ) {}

  async execute({ userId, filter }: ListTransactions): Promise<TransactionPage> {
    const { limit, cursor, kind, from, to } = filter;
    const before = cursor === undefined ? null : Number(this.cursors.decode(listName, cursor)[0]);
    const wanted = { kinds: kind ?? null, from: date(from), to: date(to), before };
    const rows = await this.uow.readAsUser(userId, () => this.journal.list(userId, wanted, limit + 1));
    return cutPage(rows, limit, this.cursors, listName, ({ seq }) => [seq]);
  }
}

function date(text: string | undefined): Date | null {
  return text === undefined ? null : new Date(text);
}
