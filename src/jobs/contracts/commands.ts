import { Command } from '@nestjs/cqrs';

/** What asked for a sync. */
export type SyncTrigger = 'user' | 'push' | 'schedule';

/**
 * Queues a sync of one mailbox and answers its run. While a sync of that mailbox is queued or running, that one's run is
 * answered and nothing is queued.
 * @throws DomainError `jobs.connection-not-ready` (conflict) or `gmail.connection-not-found` (not-found).
 */
export class StartSync extends Command<{ runId: string }> {
  constructor(
    readonly userId: string,
    readonly connectionId: string,
    readonly trigger: SyncTrigger,
  ) {
    super();
  }
}
