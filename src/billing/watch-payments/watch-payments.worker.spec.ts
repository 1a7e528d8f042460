import { Logger } from '@nestjs/common';
import type { CommandBus } from '@nestjs/cqrs';
import { testEnv } from '../../../test/support/env';
import type { UnitOfWork } from '../../kernel/database/unit-of-work';
import type { Payment, PaymentsRepository } from '../payments.repository';
import { SettlePayment } from '../settle-payment/settle-payment.handler';
import { ChargeTopUp } from '../top-up-credits/charge-top-up.handler';
import { WatchPayments } from './watch-payments.worker';

const purchase = (given: Partial<Payment>): Payment =>
  ({
    id: 'p',
    kind: 'checkout',
    status: 'created',
    checkoutSessionId: null,
    paymentIntentId: null,
    ...given,
  }) as Payment;
const within = <T>(_reason: string, work: () => T) => work();
const uow = { asService: within, readAsService: within } as unknown as UnitOfWork;

/** The worker over payments that are due. */
function arrange(due: Payment[], env: Record<string, string> = {}) {
  const claimDue = jest.fn().mockResolvedValue(due);
  const abandon = jest.fn().mockResolvedValue(undefined);
  const execute = jest.fn().mockResolvedValue(undefined);
  const worker = new WatchPayments(
    testEnv('postgresql://nobody@127.0.0.1:1/none', env),
    uow,
    { claimDue, abandon } as unknown as PaymentsRepository,
    { execute } as unknown as CommandBus,
  );
  return { worker, claimDue, abandon, execute };
}

describe('watching payments', () => {
  it.each([
    ['an uncharged top-up', purchase({ kind: 'auto_top_up' }), ChargeTopUp],
    [
      'a top-up under way',
      purchase({ kind: 'auto_top_up', status: 'processing', paymentIntentId: 'pi' }),
      SettlePayment,
    ],
    ['a page that was opened', purchase({ checkoutSessionId: 'cs' }), SettlePayment],
    ['a charge', purchase({ paymentIntentId: 'pi' }), SettlePayment],
  ])('takes care of %s', async (_, payment, command) => {
    const { worker, execute, abandon } = arrange([payment]);
    expect(await worker.watchOnce()).toBe(false);
    expect(execute).toHaveBeenCalledWith(expect.any(command));
    expect(abandon).not.toHaveBeenCalled();
  });

  it('closes a purchase that never reached Stripe', async () => {
    const { worker, execute, abandon } = arrange([purchase({})]);
    await worker.watchOnce();
    expect(execute).not.toHaveBeenCalled();
    expect(abandon).toHaveBeenCalledWith('p');
  });

  // Mutant: a batch that ends with its first failure, so that one odd payment stops all others.
  it('goes on after a payment that cannot be settled, and asks for more after a full batch', async () => {
    const due = Array.from({ length: 8 }, (_, at) => purchase({ id: `p${at}`, paymentIntentId: 'pi' }));
    const { worker, execute } = arrange(due);
    execute.mockRejectedValueOnce(new Error('odd'));
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    expect(await worker.watchOnce()).toBe(true);
    expect(execute).toHaveBeenCalledTimes(8);
    expect(warn).toHaveBeenCalledWith(expect.objectContaining({ paymentId: 'p0' }), expect.any(String));
  });

  it('begins only where Stripe is switched on', async () => {
    const off = arrange([], { ENABLE_STRIPE: 'false' });
    off.worker.start();
    await off.worker.stop();
    expect(off.claimDue).not.toHaveBeenCalled();
    const on = arrange([]);
    on.worker.start();
    await on.worker.stop();
    expect(on.claimDue).toHaveBeenCalledWith(8);
  });
});
