import { type IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { GetReadingPreferences } from '../../auth/contracts';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { type DigestRow, ReadingRepository } from '../reading.repository';
import type { Category, Urgency } from '../summariser/summary';
import type { DigestDto, DigestGroupDto, DigestTaskDto } from './get-digest.dto';

/** A user's mails of one calendar day on one page, grouped, with everything they are asked to do. */
export class GetDigest extends Query<DigestDto> {
  constructor(
    readonly userId: string,
    /** YYYY-MM-DD. */
    readonly day: string,
    /** IANA name; the user's own when absent. */
    readonly timeZone?: string,
  ) {
    super();
  }
}

/** More mails than one page can show a reader. */
const pageSize = 500;

@QueryHandler(GetDigest)
export class GetDigestHandler implements IQueryHandler<GetDigest> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly queries: QueryBus,
    private readonly repository: ReadingRepository,
  ) {}

  async execute({ userId, day, timeZone: asked }: GetDigest): Promise<DigestDto> {
    const timeZone = asked ?? (await this.queries.execute(new GetReadingPreferences(userId))).timeZone;
    const rows = await this.uow.readAsUser(userId, () =>
      this.repository.listDay(userId, day, timeZone, pageSize),
    );
    return { day, timeZone, mails: rows.length, tasks: tasksOf(rows), groups: groupsOf(rows) };
  }
}

function tasksOf(rows: readonly DigestRow[]): DigestTaskDto[] {
  return rows
    .flatMap(({ id, actionItems }) => actionItems.map((item) => ({ summaryId: id, ...item })))
    .sort((a, b) => (a.dueDate ?? '9999').localeCompare(b.dueDate ?? '9999'));
}

/** The rows come most urgent first, and so do the groups. */
function groupsOf(rows: readonly DigestRow[]): DigestGroupDto[] {
  const groups = new Map<string, DigestGroupDto>();
  for (const { id, category, headline, sender, urgency, receivedAt } of rows) {
    const group = groups.get(category) ?? { category: category as Category, mails: [] };
    group.mails.push({ summaryId: id, headline, sender, urgency: urgency as Urgency, receivedAt });
    groups.set(category, group);
  }
  return [...groups.values()];
}
