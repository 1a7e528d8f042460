import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { Outbox } from '../../kernel/outbox/outbox';
import { recordedAction } from '../act-on-mails/request-actions.handler';
import { ActionsRepository } from '../actions.repository';
import type { RecordedAction } from '../contracts/commands';
import { ActionsRequested } from '../contracts/events';
import { undoWithinMs } from '../domain/mail-action';

/**
 * Takes an applied action back: the mail gets the labels again that it had before. An undo that was asked for already is
 * answered as it stands.
 * @throws DomainError `gmail.action-unknown` (not-found); `gmail.action-not-undoable` (conflict) when it is not applied,
 * or longer ago than 30 days.
 */
export class UndoAction extends Command<RecordedAction> {
  constructor(
    readonly userId: string,
    readonly actionId: string,
  ) {
    super();
  }
}

@CommandHandler(UndoAction)
export class UndoActionHandler implements ICommandHandler<UndoAction> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: ActionsRepository,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
  ) {}

  execute({ userId, actionId }: UndoAction): Promise<RecordedAction> {
    return this.uow.asService('take an action back', async () => {
      const since = new Date(Date.now() - undoWithinMs);
      const begun = await this.repository.beginUndo(userId, actionId, since);
      const action = await this.repository.find(userId, actionId);
      if (!action) throw new DomainError('not-found', 'gmail.action-unknown', 'There is no such action');
      if (!begun && action.status !== 'undoing' && action.status !== 'undone')
        throw new DomainError(
          'conflict',
          'gmail.action-not-undoable',
          'Only an action applied within 30 days can be undone',
        );
      if (!begun) return recordedAction(action);
      await this.outbox.publish(new ActionsRequested(userId, [actionId]));
      const target = { targetType: 'mail-action', targetId: actionId, userId };
      await this.audit.record({ action: 'gmail.action-undone', ...target });
      return recordedAction(action);
    });
  }
}
