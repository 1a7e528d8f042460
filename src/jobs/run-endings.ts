import { Injectable } from '@nestjs/common';
import { Outbox } from '../kernel/outbox/outbox';
import { RunFinished } from './contracts';
import { type FinishedRun, RunsRepository } from './runs.repository';

/**
 * Tells that a run has finished, in the transaction that finds it at rest: the one that cancels its mails, that ends its walk, or that looks once
 * its last mail has ended (`EndRuns`). The run's row is locked before its mails are looked at, in a statement of its own that travels
 * with the look: of two that come at once the second waits for the first's commit and then sees it. Locks go mail, run, wallet.
 */
@Injectable()
export class RunEndings {
  constructor(
    private readonly runs: RunsRepository,
    private readonly outbox: Outbox,
  ) {}

  /** After these mails have ended. */
  async tellOf(emailIds: readonly string[]): Promise<void> {
    if (emailIds.length === 0) return;
    const [, finished] = await Promise.all([this.runs.lockOf(emailIds), this.runs.settleOf(emailIds)]);
    await this.publish(finished);
  }

  /** After the walks of these runs have ended, or a page of theirs has become jobs. */
  async tell(runIds: readonly string[]): Promise<void> {
    if (runIds.length === 0) return;
    const [, finished] = await Promise.all([this.runs.lock(runIds), this.runs.settle(runIds)]);
    await this.publish(finished);
  }

  /** Before credits are held for mails that may open their runs again: whoever ends a run then waits. */
  async lockRunsOf(emailIds: readonly string[]): Promise<void> {
    await this.runs.lockOf(emailIds);
  }

  private async publish(finished: readonly FinishedRun[]): Promise<void> {
    if (finished.length === 0) return;
    const tallyOf = await this.runs.tallies(finished.map(({ id }) => id));
    await this.outbox.publish(
      ...finished.map(({ id, userId, connectionId, revision, state }) => {
        const { mails, credits } = tallyOf(id);
        const { captured, released } = credits;
        return new RunFinished(userId, id, connectionId, revision, state, mails, { captured, released });
      }),
    );
  }
}
