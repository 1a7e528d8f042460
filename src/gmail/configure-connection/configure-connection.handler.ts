import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { assertUnchanged, type EditCondition } from '../../kernel/http/conditional/edit-version';
import { type ConnectionStatus, mayBecome } from '../domain/connection-status';
import { editableOfConnection } from '../get-connection/get-connection.dto';
import { type GmailConnection, GmailRepository } from '../gmail.repository';
import { WatchesRepository } from '../watches.repository';

/** What a user may set on a mailbox. */
export interface ConnectionWishes {
  paused?: boolean;
  onlyLabels?: string[];
  skipLabels?: string[];
  backfillDays?: number;
}

/**
 * Pauses or resumes a mailbox and sets which of its mails are read. A new filter makes the next walk look through the
 * whole mailbox again, for mails that the old one left out; a walk under way ends.
 * @throws DomainError `gmail.connection-unknown` (not-found); `gmail.status-conflict` (conflict);
 * `request.precondition-failed`.
 */
export class ConfigureConnection extends Command<void> {
  constructor(
    readonly userId: string,
    readonly connectionId: string,
    readonly wishes: ConnectionWishes,
    readonly condition?: EditCondition,
  ) {
    super();
  }
}

const dayMs = 86_400_000;

@CommandHandler(ConfigureConnection)
export class ConfigureConnectionHandler implements ICommandHandler<ConfigureConnection> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly connections: GmailRepository,
    private readonly watches: WatchesRepository,
    private readonly audit: AuditLog,
  ) {}

  execute({ userId, connectionId, wishes, condition }: ConfigureConnection): Promise<void> {
    const { paused, ...filter } = wishes;
    return this.uow.asService('configure a mailbox', async () => {
      const row = await this.connections.lock(userId, connectionId);
      if (!row) throw new DomainError('not-found', 'gmail.connection-unknown', 'There is no such mailbox');
      assertUnchanged(condition, editableOfConnection(row.status, row));
      if (paused !== undefined) await this.pause(row, paused);
      const days = filter.backfillDays ?? row.backfillDays;
      const after = days === null ? null : new Date(Date.now() - days * dayMs);
      if ((filter.onlyLabels ?? filter.skipLabels ?? filter.backfillDays) !== undefined)
        await this.watches.refilter(userId, connectionId, filter, after);
      const target = { targetType: 'gmail-connection', targetId: connectionId, userId };
      await this.audit.record({ action: 'gmail.connection-configured', ...target, changes: { ...wishes } });
    });
  }

  private async pause(row: GmailConnection, paused: boolean): Promise<void> {
    const from = row.status as ConnectionStatus;
    const to = paused ? 'paused' : 'connected';
    const resumable = from === 'paused' || from === 'connected';
    const moved =
      (paused ? mayBecome(from, to) : resumable) &&
      (await this.connections.move(row.userId, row.id, from, to, paused ? 'paused-by-user' : null));
    if (!moved)
      throw new DomainError(
        'conflict',
        'gmail.status-conflict',
        `A mailbox that is ${from} cannot become ${to}`,
      );
  }
}
