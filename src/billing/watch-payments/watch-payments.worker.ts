import { Logger } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { EnvDto } from '../../kernel/config/env.dto';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { Loop } from '../../kernel/worker/loop';
import { RunsInWorker, type WorkerTask } from '../../kernel/worker/worker-task';
import { type Payment, PaymentsRepository } from '../payments.repository';
import { SettlePayment } from '../settle-payment/settle-payment.handler';
import { ChargeTopUp } from '../top-up-credits/charge-top-up.handler';

const batchSize = 8;
const lookEveryMs = 500;

/** Takes care of payments that no event may ever speak of: charges that are to be made, and pages nobody came back from. */
@RunsInWorker()
export class WatchPayments implements WorkerTask {
  private readonly logger = new Logger(WatchPayments.name);
  private readonly loop = new Loop(WatchPayments.name, () => this.watchOnce(), lookEveryMs);

  constructor(
    private readonly env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly payments: PaymentsRepository,
    private readonly commands: CommandBus,
  ) {}

  start(): void {
    if (this.env.ENABLE_STRIPE) this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  /** Looks after what is due now, a batch at most; answers whether there may be more. */
  async watchOnce(): Promise<boolean> {
    const due = await this.uow.readAsService('claim unsettled payments', () =>
      this.payments.claimDue(batchSize),
    );
    await Promise.all(due.map((payment) => this.lookAfter(payment)));
    return due.length === batchSize;
  }

  private async lookAfter(payment: Payment): Promise<void> {
    try {
      if (payment.kind === 'auto_top_up' && payment.status === 'created')
        await this.commands.execute(new ChargeTopUp(payment));
      else if (payment.checkoutSessionId ?? payment.paymentIntentId)
        await this.commands.execute(new SettlePayment(payment.id));
      else await this.uow.asService('close a purchase', () => this.payments.abandon(payment.id));
    } catch (error) {
      this.logger.warn(
        { err: error, paymentId: payment.id },
        'A payment could not be settled; looking again later',
      );
    }
  }
}
