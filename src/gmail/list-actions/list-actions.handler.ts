import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { CursorCodec } from '../../kernel/http/cursor';
import { cutPage, type Page } from '../../kernel/http/page';
import { recordedAction } from '../act-on-mails/request-actions.handler';
import { ActionsRepository, type EmailAction } from '../actions.repository';
import type { ActionKind } from '../domain/mail-action';
import type { MailActionDto } from './list-actions.dto';

const list = 'email.actions';

/** A user's actions, newest first. */
export class ListActions extends Query<Page<MailActionDto>> {
  constructor(
    readonly userId: string,
    readonly limit: number,
    readonly cursor: string | undefined,
    readonly requestId: string | undefined,
  ) {
    super();
  }
}

@QueryHandler(ListActions)
export class ListActionsHandler implements IQueryHandler<ListActions> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: ActionsRepository,
    private readonly cursors: CursorCodec,
  ) {}

  async execute({ userId, limit, cursor, requestId }: ListActions): Promise<Page<MailActionDto>> {
    const after = cursor === undefined ? undefined : this.position(cursor);
    const rows = await this.uow.readAsUser(userId, () =>
      this.repository.list(userId, limit + 1, after, requestId),
    );
    const page = cutPage(rows, limit, this.cursors, list, (row) => [row.requestedAt.toISOString(), row.id]);
    return { ...page, data: page.data.map(mailAction) };
  }

  private position(cursor: string): { requestedAt: Date; id: string } {
    const [requestedAt, id] = this.cursors.decode(list, cursor);
    return { requestedAt: new Date(String(requestedAt)), id: String(id) };
  }
}

function mailAction(row: EmailAction): MailActionDto {
  return {
    ...recordedAction(row),
    kind: row.kind as ActionKind,
    labelId: row.labelId,
    requestedBy: row.requestedBy as 'user' | 'rule',
    requestId: row.requestId,
    requestedAt: row.requestedAt.toISOString(),
    appliedAt: row.appliedAt?.toISOString() ?? null,
    undoneAt: row.undoneAt?.toISOString() ?? null,
  };
}
