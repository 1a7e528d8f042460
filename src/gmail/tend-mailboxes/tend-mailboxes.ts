import { Optional } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { Metrics } from '../../kernel/observability/metrics';
import { Loop } from '../../kernel/worker/loop';
import { RunsInWorker, type WorkerTask } from '../../kernel/worker/worker-task';
import { FlagStalledConnections, RenewWatches } from '../contracts/commands';
import { GmailRepository } from '../gmail.repository';
import { WatchesRepository } from '../watches.repository';

const everyMs = 60_000;
/** Consents that nobody finished are forgotten after this, ms. */
const keepStatesMs = 24 * 3_600_000;

/** What connected mailboxes need without being asked: watches renewed, silence noticed, old consents forgotten. */
@RunsInWorker()
export class TendMailboxes implements WorkerTask {
  private readonly loop = new Loop(TendMailboxes.name, () => this.tend(), everyMs);

  constructor(
    private readonly commands: CommandBus,
    private readonly uow: UnitOfWork,
    private readonly connections: GmailRepository,
    watches: WatchesRepository,
    @Optional() metrics?: Metrics,
  ) {
    metrics?.gauge(
      'inbrief_gmail_connections',
      'Gmail connections.',
      ['status', 'stalled'],
      async (gauge) => {
        const counts = await uow.readAsService('count mailboxes', () => watches.counts());
        gauge.reset();
        for (const { status, stalled, count } of counts)
          gauge.set({ status, stalled: String(stalled) }, count);
      },
    );
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async tend(): Promise<boolean> {
    const { tried } = await this.commands.execute(new RenewWatches());
    await this.commands.execute(new FlagStalledConnections());
    const before = new Date(Date.now() - keepStatesMs);
    await this.uow.readAsService('forget old consents', () => this.connections.deleteOauthStates(before));
    return tried > 0;
  }
}
