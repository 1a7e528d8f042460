import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { Outbox } from '../../kernel/outbox/outbox';
import { ActionsRepository, type EmailAction } from '../actions.repository';
import { type RecordedAction, RequestActions } from '../contracts/commands';
import { ActionsRequested } from '../contracts/events';

/** Actions that one delivery of the outbox carries out: a minute's quota is enough for more. */
const eventSize = 50;

@CommandHandler(RequestActions)
export class RequestActionsHandler implements ICommandHandler<RequestActions> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: ActionsRepository,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
  ) {}

  execute({ userId, requestId, emailIds, action, requestedBy }: RequestActions): Promise<RecordedAction[]> {
    const request = { requestId, kind: action.kind, labelId: action.labelId ?? null, requestedBy };
    return this.uow.asService('record actions on mails', async () => {
      const mails = await this.repository.mails(userId, emailIds);
      if (mails.length < new Set(emailIds).size)
        throw new DomainError('not-found', 'gmail.email-unknown', 'At least one of the mails does not exist');
      const actions = await this.repository.record(userId, request, emailIds);
      const open = actions.filter(({ status }) => status === 'requested').map(({ id }) => id);
      if (open.length > 0) {
        await this.outbox.publish(...chunks(open).map((ids) => new ActionsRequested(userId, ids)));
        const target = { targetType: 'mail-action-request', targetId: requestId, userId };
        const changes = { kind: request.kind, labelId: request.labelId, requestedBy, mails: open.length };
        await this.audit.record({ action: 'gmail.actions-requested', ...target, changes });
      }
      return actions.map(recordedAction);
    });
  }
}

/** An action as its caller sees it. */
export function recordedAction({ id, emailId, status, reasonCode }: EmailAction): RecordedAction {
  return { id, emailId, status: status as RecordedAction['status'], reasonCode };
}

function chunks(ids: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / eventSize) }, (_, index) =>
    ids.slice(index * eventSize, (index + 1) * eventSize),
  );
}
