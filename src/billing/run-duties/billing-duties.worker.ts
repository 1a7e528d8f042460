import { CommandBus, type Command } from '@nestjs/cqrs';
import { CheckLedger } from '../check-ledger/check-ledger.handler';
import { CloseStatements } from '../close-statements/close-statements.handler';
import { EnvDto } from '../../kernel/config/env.dto';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { Loop } from '../../kernel/worker/loop';
import { RunsInWorker, type WorkerTask } from '../../kernel/worker/worker-task';
import { ExpireCredits } from '../expire-credits/expire-credits.handler';
import { PollStripeEvents } from '../poll-stripe-events/poll-stripe-events.handler';
import { ReportOverdueHolds } from '../report-overdue-holds/report-overdue-holds.handler';
import { ScheduleRepository } from '../schedule.repository';

interface Duty {
  name: string;
  everyMs: number;
  command: () => Command<unknown>;
  /** When this process asks next whether it is its turn. */
  askAt: number;
}

const lookEveryMs = 250;
const minute = 60_000;

/** The module's clock: does each recurring duty in its time, once over all workers. */
@RunsInWorker()
export class BillingDuties implements WorkerTask {
  private readonly duties: Duty[];
  private readonly loop = new Loop(BillingDuties.name, () => this.round(), lookEveryMs);

  constructor(
    env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly schedule: ScheduleRepository,
    private readonly commands: CommandBus,
  ) {
    const duty = (name: string, everyMs: number, command: () => Command<unknown>): Duty => ({
      ...{ name, everyMs, command, askAt: 0 },
    });
    this.duties = [
      duty('expire-credits', minute, () => new ExpireCredits()),
      duty('check-ledger', 5 * minute, () => new CheckLedger()),
      duty('report-overdue-holds', 10 * minute, () => new ReportOverdueHolds()),
      duty('close-statements', 60 * minute, () => new CloseStatements(new Date())),
    ];
    if (env.ENABLE_STRIPE)
      this.duties.push(duty('poll-stripe-events', env.STRIPE_POLL_MS, () => new PollStripeEvents()));
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async round(): Promise<boolean> {
    for (const duty of this.duties.filter(({ askAt }) => askAt <= Date.now())) {
      duty.askAt = Date.now() + duty.everyMs;
      const take = () => this.schedule.take(duty.name, duty.everyMs);
      if (await this.uow.readAsService('take a duty', take)) await this.commands.execute(duty.command());
    }
    return false;
  }
}
