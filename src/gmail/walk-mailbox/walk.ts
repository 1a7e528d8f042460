import type { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import type { Outbox } from '../../kernel/outbox/outbox';
import { EmailsDiscovered } from '../contracts/events';
import type { MailFilter } from '../domain/mail-filter';
import type { MailboxCredentials } from '../google/gmail-calls';
import type { FoundMail, WalkProgress, WalkRow, WalksRepository } from '../walks.repository';

/** A walker that died blocks its mailbox for this long, ms. */
export const leaseMs = 30_000;
/** Ids in one event. */
const eventSize = 100;

/** What a walk stands on. */
export interface WalkTools {
  uow: UnitOfWork;
  repository: WalksRepository;
  outbox: Outbox;
}

/**
 * One walk through one mailbox, for as long as it holds the lease. Each page commits its discoveries, their event and the
 * cursor together, behind the lease: a walker that lost it writes nothing more.
 */
export class Walk {
  pages = 0;
  discovered = 0;

  constructor(
    private readonly tools: WalkTools,
    readonly row: WalkRow,
    readonly box: MailboxCredentials,
    private readonly runId: string,
    readonly lease: string,
  ) {}

  get filter(): MailFilter {
    return this.row;
  }

  /** The ids that were not discovered before, in their order, each once. */
  async unknown(gmailMessageIds: readonly string[]): Promise<string[]> {
    const ids = [...new Set(gmailMessageIds)];
    if (ids.length === 0) return [];
    const { uow, repository } = this.tools;
    const known = await uow.readAsService('walk a mailbox', () => repository.known(this.row.id, ids));
    return ids.filter((id) => !known.has(id));
  }

  /**
   * Commits a page: its mails, newest first, and how far the walk has come.
   * @throws DomainError `gmail.lease-lost` (unavailable) when another walker took over; nothing is written then.
   */
  async commit(mails: readonly FoundMail[], progress: WalkProgress): Promise<void> {
    const { uow, repository, outbox } = this.tools;
    const { id, userId } = this.row;
    const newestFirst = [...mails].sort(
      (one, other) => other.receivedAt.getTime() - one.receivedAt.getTime(),
    );
    const emailIds = await uow.asService('commit a page of a mailbox walk', async () => {
      if (!(await repository.advance(id, this.lease, progress))) throw leaseLost();
      const ids = await repository.discover(userId, id, this.runId, newestFirst);
      await repository.countDiscovered(userId, ids.length);
      await outbox.publish(
        ...chunks(ids).map((chunk) => new EmailsDiscovered(userId, id, this.runId, chunk)),
      );
      return ids;
    });
    this.pages += 1;
    this.discovered += emailIds.length;
    Object.assign(this.row, progress);
  }
}

function chunks(ids: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / eventSize) }, (_, index) =>
    ids.slice(index * eventSize, (index + 1) * eventSize),
  );
}

function leaseLost(): DomainError {
  return new DomainError('unavailable', 'gmail.lease-lost', 'Another walker took this mailbox over');
}
