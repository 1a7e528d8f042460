import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { v7 as uuidv7 } from 'uuid';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { Outbox } from '../../kernel/outbox/outbox';
import { WalkMailbox, type WalkResult } from '../contracts/commands';
import { notConnected } from '../domain/not-connected';
import { GmailRepository } from '../gmail.repository';
import { Mailboxes } from '../mailboxes';
import { WalksRepository } from '../walks.repository';
import { Backfill } from './backfill';
import { History } from './history';
import { leaseMs, Walk } from './walk';

/** Passes through the history that pushes may ask for before a walk ends all the same. */
const mostPasses = 5;

@CommandHandler(WalkMailbox)
export class WalkMailboxHandler implements ICommandHandler<WalkMailbox> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly connections: GmailRepository,
    private readonly walks: WalksRepository,
    private readonly mailboxes: Mailboxes,
    private readonly backfill: Backfill,
    private readonly history: History,
  ) {}

  async execute(command: WalkMailbox): Promise<WalkResult> {
    const walk = await this.claim(command);
    const heartbeat = setInterval(() => void this.extend(walk), leaseMs / 3);
    try {
      return await this.walk(walk, command.maxMails);
    } catch (error) {
      const code = error instanceof DomainError ? error.code : 'gmail.walk-failed';
      await this.asService(() => this.walks.fail(walk.row.id, walk.lease, code));
      throw error;
    } finally {
      clearInterval(heartbeat);
    }
  }

  private async walk(walk: Walk, maxMails: number | undefined): Promise<WalkResult> {
    const mode = walk.row.backfillCompletedAt === null ? 'backfill' : 'history';
    for (let pass = 1; ; pass += 1) {
      const begun = new Date();
      if (walk.row.backfillCompletedAt === null) await this.backfill.run(walk, maxMails);
      const caughtUp = await this.readHistory(walk);
      if (!caughtUp) continue;
      const done = await this.asService(() =>
        this.walks.finish(walk.row.id, walk.lease, begun, pass >= mostPasses),
      );
      if (done || pass >= mostPasses) return { mode, pages: walk.pages, discovered: walk.discovered };
    }
  }

  /** False when Google no longer keeps the history since the cursor, and a backfill has been begun in its place. */
  private async readHistory(walk: Walk): Promise<boolean> {
    try {
      await this.history.run(walk);
      return true;
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'gmail.history-expired') throw error;
      await this.backfill.begin(walk);
      return false;
    }
  }

  private async claim(order: WalkMailbox): Promise<Walk> {
    const lease = uuidv7();
    const row = await this.uow.asService('begin a mailbox walk', () =>
      this.walks.claim(order, lease, leaseMs),
    );
    if (!row) throw await this.whyNot(order);
    const tools = { uow: this.uow, repository: this.walks, outbox: this.outbox };
    return new Walk(tools, row, this.mailboxes.open(row), order.runId, lease);
  }

  private async whyNot(order: WalkMailbox): Promise<DomainError> {
    const { userId, connectionId } = order;
    const row = await this.asService(() => this.connections.find(userId, connectionId));
    if (!row) return new DomainError('not-found', 'gmail.connection-unknown', 'There is no such mailbox');
    if (row.status !== 'connected') return notConnected(row.status);
    if (!(await this.asService(() => this.walks.isOfActiveAccount(connectionId))))
      return new DomainError(
        'conflict',
        'gmail.account-not-active',
        'The account of this mailbox is suspended',
      );
    if (await this.asService(() => this.walks.isStopped(order)))
      return new DomainError('conflict', 'gmail.walk-stopped', 'The run of this walk was cancelled');
    return new DomainError('conflict', 'gmail.walk-in-progress', 'Another walker reads this mailbox');
  }

  /** A lost lease shows at the next commit; here a failure to lengthen it is only a lost try. */
  private async extend(walk: Walk): Promise<void> {
    await this.asService(() => this.walks.extend(walk.row.id, walk.lease, leaseMs)).catch(() => undefined);
  }

  private asService<T>(work: () => Promise<T>): Promise<T> {
    return this.uow.readAsService('walk a mailbox', work);
  }
}
