import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { type ActionAtMail, ActionsRepository } from '../actions.repository';
import { type ActionKind, labelChange, undoChange } from '../domain/mail-action';
import { canModify } from '../domain/scopes';
import { GmailClient } from '../google/gmail-client';
import { Mailboxes } from '../mailboxes';

/**
 * Sends recorded actions, and undos, to Gmail. What is done already is passed over; what Gmail refuses for good is noted
 * at its mail and stops no other. @throws DomainError, retryable, once all others are through.
 */
export class ApplyActions extends Command<void> {
  constructor(
    readonly userId: string,
    readonly actionIds: string[],
  ) {
    super();
  }
}

@CommandHandler(ApplyActions)
export class ApplyActionsHandler implements ICommandHandler<ApplyActions> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: ActionsRepository,
    private readonly mailboxes: Mailboxes,
    private readonly client: GmailClient,
  ) {}

  async execute({ userId, actionIds }: ApplyActions): Promise<void> {
    const actions = await this.inService(() => this.repository.open(userId, actionIds));
    const failures: unknown[] = [];
    for (const action of actions) await this.settle(action).catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  }

  private async settle(action: ActionAtMail): Promise<void> {
    const undoing = action.status === 'undoing';
    try {
      if (!canModify(action.email.connection.scopes))
        throw new DomainError(
          'forbidden',
          'gmail.actions-not-allowed',
          'Google was not asked for this permission',
        );
      await (undoing ? this.undo(action) : this.apply(action));
    } catch (error) {
      const code = finalCode(error);
      if (code === undefined) throw error;
      await this.inService(() =>
        undoing ? this.repository.undoFailed(action.id, code) : this.repository.failed(action.id, code),
      );
    }
  }

  private async apply({ id, kind, labelId, email }: ActionAtMail): Promise<void> {
    const box = this.mailboxes.open(email.connection);
    const { labelIds } = await this.client.messageFacts(box, email.gmailMessageId);
    await this.inService(() => this.repository.noteBefore(id, labelIds ?? []));
    const change = labelChange(kind as ActionKind, labelId);
    const after = await this.client.modify(box, email.gmailMessageId, change);
    await this.inService(() => this.repository.applied(id, after));
  }

  private async undo({ id, labelsBefore, labelsAfter, email }: ActionAtMail): Promise<void> {
    const change = undoChange(labelsBefore, labelsAfter);
    if (change.addLabelIds.length + change.removeLabelIds.length > 0)
      await this.client.modify(this.mailboxes.open(email.connection), email.gmailMessageId, change);
    await this.inService(() => this.repository.undone(id));
  }

  private inService<T>(work: () => Promise<T>): Promise<T> {
    return this.uow.readAsService('send actions to Gmail', work);
  }
}

/** The code of an error that will not go away by itself. */
function finalCode(error: unknown): string | undefined {
  if (!(error instanceof DomainError) || error.retryable || error.kind === 'internal') return undefined;
  return error.code;
}
