import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { CursorCodec } from '../../kernel/http/cursor';
import { cutPage, type Page } from '../../kernel/http/page';
import { AuditTrailRepository } from '../audit-trail.repository';
import { type AuditRecord, SearchAuditLog } from '../contracts';

const list = 'auth.audit-log';

@QueryHandler(SearchAuditLog)
export class SearchAuditLogHandler implements IQueryHandler<SearchAuditLog> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly trail: AuditTrailRepository,
    private readonly cursors: CursorCodec,
  ) {}

  async execute({ filter, limit, cursor }: SearchAuditLog): Promise<Page<AuditRecord>> {
    const before = cursor === undefined ? null : String(this.cursors.decode(list, cursor)[0]);
    const rows = await this.uow.readAsService('search the audit log', () =>
      this.trail.search(filter, before, limit + 1),
    );
    const records = rows.map(({ changes, occurredAt, ...row }) => ({
      ...row,
      changes: changes as Record<string, unknown>,
      occurredAt: occurredAt.toISOString(),
    }));
    return cutPage(records, limit, this.cursors, list, ({ id }) => [id]);
  }
}
