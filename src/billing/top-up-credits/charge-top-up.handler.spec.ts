import type { CommandBus } from '@nestjs/cqrs';
import Stripe from 'stripe';
import type { AuditLog } from '../../kernel/audit/audit-log';
import type { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import type { AccountsRepository } from '../accounts.repository';
import type { Payment, PaymentsRepository } from '../payments.repository';
import { SettlePayment } from '../settle-payment/settle-payment.handler';
import type { StripeClient } from '../stripe/stripe.client';
import { parseStripeError, stripeFailed } from '../stripe/stripe-error';
import { ChargeTopUp, ChargeTopUpHandler } from './charge-top-up.handler';

const payer = { customerId: 'cus_1', paymentMethodId: 'pm_1' };
const uow = {
  readAsService: <T>(_reason: string, work: () => T) => work(),
  asService: <T>(_reason: string, work: () => T) => work(),
} as unknown as UnitOfWork;

/** The handler between a saved card, or none, and a Stripe that answers the charge as told. */
function arrange(
  charge: () => Promise<string>,
  { saved = payer, isOpen = true }: { saved?: typeof payer | null; isOpen?: boolean } = {},
) {
  const accounts = {
    payer: jest.fn().mockResolvedValue(saved ?? undefined),
    noteTopUpProblem: jest.fn().mockResolvedValue(undefined),
  };
  const payments = {
    fail: jest.fn().mockResolvedValue(isOpen),
    nextKeyGeneration: jest.fn().mockResolvedValue(undefined),
  };
  const stripe = { chargeOffSession: jest.fn(charge), findIntentOf: jest.fn().mockResolvedValue(undefined) };
  const execute = jest.fn().mockResolvedValue(undefined);
  const handler = new ChargeTopUpHandler(
    uow,
    accounts as unknown as AccountsRepository,
    payments as unknown as PaymentsRepository,
    stripe as unknown as StripeClient,
    { execute } as unknown as CommandBus,
    { record: jest.fn().mockResolvedValue(undefined) } as unknown as AuditLog,
  );
  const run = (keyGeneration = 0) =>
    handler.execute(new ChargeTopUp({ id: 'p', userId: 'u', keyGeneration } as Payment));
  return { accounts, payments, stripe, execute, run };
}

const declined = (intentId?: string) => () => {
  const intent = intentId === undefined ? undefined : ({ id: intentId } as Stripe.PaymentIntent);
  const error = new Stripe.errors.StripeCardError({
    type: 'card_error',
    code: 'card_declined',
    payment_intent: intent,
  });
  return Promise.reject(parseStripeError(error));
};

describe('charging a top-up', () => {
  it('settles the payment by the intent that was charged', async () => {
    const { run, execute, stripe, payments } = arrange(() => Promise.resolve('pi_1'));
    await run();
    expect(stripe.chargeOffSession).toHaveBeenCalledWith(
      expect.objectContaining({ ...payer, paymentId: 'p' }),
    );
    expect(execute).toHaveBeenCalledWith(new SettlePayment('p', { intentId: 'pi_1' }));
    expect(payments.fail).not.toHaveBeenCalled();
  });

  // Mutant: a new key without a look for the charge that the old one may have made: two charges for one payment.
  it('under a new key first looks for what the old one charged', async () => {
    const { run, execute, stripe } = arrange(() => Promise.resolve('pi_2'));
    stripe.findIntentOf.mockResolvedValue('pi_1');
    await run(1);
    expect(stripe.findIntentOf).toHaveBeenCalledWith('p', 'cus_1');
    expect(stripe.chargeOffSession).not.toHaveBeenCalled();
    expect(execute).toHaveBeenCalledWith(new SettlePayment('p', { intentId: 'pi_1' }));
  });

  it('under a new key charges where the old one did not', async () => {
    const { run, execute } = arrange(() => Promise.resolve('pi_2'));
    await run(1);
    expect(execute).toHaveBeenCalledWith(new SettlePayment('p', { intentId: 'pi_2' }));
  });

  it('leaves a declined intent to the settlement, which reads it', async () => {
    const { run, execute, payments } = arrange(declined('pi_1'));
    await run();
    expect(execute).toHaveBeenCalledWith(new SettlePayment('p', { intentId: 'pi_1' }));
    expect(payments.nextKeyGeneration).not.toHaveBeenCalled();
  });
});

describe('a top-up is given up', () => {
  it.each([
    ['card_declined', declined(), payer],
    ['no_payment_method', () => Promise.resolve('pi_1'), null],
  ])('and its payer told: %s', async (code, charge, saved) => {
    const { run, execute, payments, accounts } = arrange(charge, { saved });
    await run();
    expect(execute).not.toHaveBeenCalled();
    expect(payments.fail).toHaveBeenCalledWith('p', code);
    expect(accounts.noteTopUpProblem).toHaveBeenCalledWith('u', code);
  });

  it('in silence where the payment has ended meanwhile', async () => {
    const { run, accounts } = arrange(declined(), { isOpen: false });
    await run();
    expect(accounts.noteTopUpProblem).not.toHaveBeenCalled();
  });
});

describe('a top-up stays due', () => {
  it("under another key after Stripe's own failure", async () => {
    const failure = new DomainError('unavailable', stripeFailed, 'odd');
    const { run, payments } = arrange(() => Promise.reject(failure));
    await expect(run(2)).rejects.toBe(failure);
    expect(payments.nextKeyGeneration).toHaveBeenCalledWith('p', 2);
    expect(payments.fail).not.toHaveBeenCalled();
  });

  // Mutant: another key after a lost answer, whose charge may have been made.
  it.each([new DomainError('unavailable', 'stripe.unreachable', 'lost'), new TypeError('x is undefined')])(
    'under its key after %s',
    async (error) => {
      const { run, payments } = arrange(() => Promise.reject(error));
      await expect(run()).rejects.toBe(error);
      expect(payments.nextKeyGeneration).not.toHaveBeenCalled();
    },
  );
});
