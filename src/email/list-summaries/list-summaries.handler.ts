import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { CursorCodec } from '../../kernel/http/cursor';
import { cutPage } from '../../kernel/http/page';
import { type RankedPosition, ReadingRepository, type SummaryFilter } from '../reading.repository';
import type { ListSummariesDto } from './list-summaries.dto';
import type { SummaryDto, SummaryPage } from './summary.dto';
import { readHighlights } from './summary-highlights';
import { summaryView } from './summary-view';

/** A page of a user's summaries: the newest mail first, or for a search the best match first. */
export class ListSummaries extends Query<SummaryPage> {
  constructor(
    readonly userId: string,
    readonly filter: ListSummariesDto,
  ) {
    super();
  }
}

const listName = 'email.summaries';
const searchName = 'email.search';

@QueryHandler(ListSummaries)
export class ListSummariesHandler implements IQueryHandler<ListSummaries> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: ReadingRepository,
    private readonly cursors: CursorCodec,
  ) {}

  execute({ userId, filter }: ListSummaries): Promise<SummaryPage> {
    const { limit, cursor, q, from, to, ...same } = filter;
    const conditions = {
      ...same,
      ...(from !== undefined && { from: new Date(from) }),
      ...(to !== undefined && { to: new Date(to) }),
    };
    return q === undefined
      ? this.newest(userId, conditions, limit, cursor)
      : this.found(userId, q, conditions, limit, cursor);
  }

  private async newest(userId: string, filter: SummaryFilter, limit: number, cursor: string | undefined) {
    const [receivedAt, id] = cursor === undefined ? [] : this.cursors.decode(listName, cursor);
    const after = cursor === undefined ? null : { receivedAt: new Date(String(receivedAt)), id: String(id) };
    const rows = await this.uow.readAsUser(userId, () =>
      this.repository.list(userId, filter, after, limit + 1),
    );
    const page = cutPage(rows, limit, this.cursors, listName, (row) => [
      row.receivedAt.toISOString(),
      row.id,
    ]);
    return { ...page, data: page.data.map(summaryView) };
  }

  private async found(
    userId: string,
    words: string,
    filter: SummaryFilter,
    limit: number,
    cursor: string | undefined,
  ): Promise<SummaryPage> {
    const after = cursor === undefined ? null : this.ranked(cursor);
    const places = await this.uow.readAsService('search summaries', () =>
      this.repository.search(userId, words, filter, after, limit + 1),
    );
    const page = cutPage(places, limit, this.cursors, searchName, (place) => [
      place.rank,
      place.receivedAt.toISOString(),
      place.id,
    ]);
    const shown = await this.show(
      userId,
      words,
      page.data.map(({ id }) => id),
    );
    return { ...page, data: page.data.flatMap(({ id }) => shown.get(id) ?? []) };
  }

  private ranked(cursor: string): RankedPosition {
    const [rank, receivedAt, id] = this.cursors.decode(searchName, cursor);
    return { rank: Number(rank), receivedAt: new Date(String(receivedAt)), id: String(id) };
  }

  private async show(userId: string, words: string, ids: string[]): Promise<Map<string, SummaryDto>> {
    const [rows, marked] = await this.uow.readAsUser(userId, () =>
      Promise.all([this.repository.findAll(userId, ids), this.repository.mark(userId, words, ids)]),
    );
    const highlights = new Map(marked.map(({ id, ...texts }) => [id, readHighlights(texts)]));
    return new Map(
      rows.map((row) => [
        row.id,
        Object.assign(summaryView(row), { highlights: highlights.get(row.id) ?? [] }),
      ]),
    );
  }
}
