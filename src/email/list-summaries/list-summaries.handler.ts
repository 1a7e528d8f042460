import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { CursorCodec } from '../../kernel/http/cursor';
import { cutPage } from '../../kernel/http/page';
import { EmailRepository } from '../email.repository';
import type { ListSummariesDto } from './list-summaries.dto';
import type { SummaryPage } from './summary.dto';
import { summaryView } from './summary-view';

/** A page of a user's summaries, the newest mail first. */
export class ListSummaries extends Query<SummaryPage> {
  constructor(
    readonly userId: string,
    readonly filter: ListSummariesDto,
  ) {
    super();
  }
}

const listName = 'email.summaries';

@QueryHandler(ListSummaries)
export class ListSummariesHandler implements IQueryHandler<ListSummaries> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: EmailRepository,
    private readonly cursors: CursorCodec,
  ) {}

  async execute({ userId, filter: { limit, cursor, ...filter } }: ListSummaries): Promise<SummaryPage> {
    const after = cursor === undefined ? null : this.position(cursor);
    const rows = await this.uow.readAsUser(userId, () =>
      this.repository.list(userId, filter, after, limit + 1),
    );
    const page = cutPage(rows, limit, this.cursors, listName, (row) => [
      row.receivedAt.toISOString(),
      row.id,
    ]);
    return { ...page, data: page.data.map(summaryView) };
  }

  private position(cursor: string): { receivedAt: Date; id: string } {
    const [receivedAt, id] = this.cursors.decode(listName, cursor);
    return { receivedAt: new Date(String(receivedAt)), id: String(id) };
  }
}
