import type { CommandBus } from '@nestjs/cqrs';
import type { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import type { PaymentsRepository } from '../payments.repository';
import { SettlePayment } from '../settle-payment/settle-payment.handler';
import type { StripeClient } from '../stripe/stripe.client';
import type { StripeEventsRepository } from '../stripe-events.repository';
import { ProcessStripeEvent, ProcessStripeEventHandler } from './process-stripe-event.handler';

const ours = '0190d1f0-0000-7000-8000-000000000001';
const uow = { readAsService: <T>(_reason: string, work: () => T) => work() } as unknown as UnitOfWork;

/** The handler over payments known by the given ids, and a Stripe whose intents name a payment as told. */
function arrange(known: readonly string[], named: () => Promise<string | undefined>) {
  const markProcessed = jest.fn().mockResolvedValue(undefined);
  const findIdBy = jest.fn((id: string | undefined, stripeIds: string[]) =>
    Promise.resolve([id, ...stripeIds].some((one) => one && known.includes(one)) ? ours : undefined),
  );
  const paymentIdOf = jest.fn(named);
  const execute = jest.fn().mockResolvedValue(undefined);
  const handler = new ProcessStripeEventHandler(
    uow,
    { markProcessed } as unknown as StripeEventsRepository,
    { findIdBy } as unknown as PaymentsRepository,
    { paymentIdOf } as unknown as StripeClient,
    { execute } as unknown as CommandBus,
  );
  const run = (object: Record<string, unknown>) =>
    handler.execute(
      new ProcessStripeEvent({ id: 'evt', type: 'x', payload: { data: { object } }, attempts: 1 }),
    );
  return { run, execute, markProcessed, paymentIdOf };
}
const nameless = () => Promise.resolve(undefined);

describe('an event settles the payment it is about', () => {
  it.each([
    [
      'a session',
      'cs_1',
      { object: 'checkout.session', id: 'cs_1', payment_intent: null },
      { sessionId: 'cs_1' },
    ],
    ['an intent', 'pi_1', { object: 'payment_intent', id: 'pi_1' }, { intentId: 'pi_1' }],
    [
      "an intent's charge",
      'pi_1',
      { object: 'charge', id: 'ch_1', payment_intent: 'pi_1' },
      { intentId: 'pi_1' },
    ],
    ['its metadata', ours, { object: 'charge', metadata: { payment_id: ours } }, { paymentId: ours }],
  ])('known by %s', async (_, known, object, about: object) => {
    const { run, execute, markProcessed, paymentIdOf } = arrange([known], nameless);
    await run(object);
    expect(execute).toHaveBeenCalledWith(new SettlePayment(ours, about));
    expect(markProcessed).toHaveBeenCalledWith('evt', 'settled');
    expect(paymentIdOf).not.toHaveBeenCalled();
  });

  it('whose intent names it at Stripe, where the event itself does not', async () => {
    const { run, execute, paymentIdOf } = arrange([ours], () => Promise.resolve(ours));
    await run({ object: 'dispute', id: 'dp_1', payment_intent: 'pi_1', metadata: { payment_id: 'no uuid' } });
    expect(paymentIdOf).toHaveBeenCalledWith('pi_1');
    expect(execute).toHaveBeenCalledWith(new SettlePayment(ours, { intentId: 'pi_1' }));
  });
});

describe('an event is none of our business', () => {
  const gone = new DomainError('not-found', 'stripe.no-such-object', 'gone');

  it.each([
    ['speaks of no payment', { object: 'customer', id: 'cus_1' }, nameless],
    [
      'names a payment that is not here',
      { metadata: { payment_id: ours }, payment_intent: 'pi_1' },
      nameless,
    ],
    ['has an intent that names nothing', { payment_intent: 'pi_1' }, nameless],
    ["has an intent with another shop's name", { payment_intent: 'pi_1' }, () => Promise.resolve('order-7')],
    ['has an intent that names what is not here', { payment_intent: 'pi_1' }, () => Promise.resolve(ours)],
    ['has an intent that is gone', { payment_intent: 'pi_1' }, () => Promise.reject(gone)],
  ])('when it %s', async (_, object, named) => {
    const { run, execute, markProcessed } = arrange([], named);
    await run(object);
    expect(execute).not.toHaveBeenCalled();
    expect(markProcessed).toHaveBeenCalledWith('evt', 'unrelated');
  });
});

// Mutant: any failure taken for "gone", which would close the event of a paid purchase unsettled.
describe('an event stays open', () => {
  it.each([new DomainError('unavailable', 'stripe.unreachable', 'late'), new TypeError('odd')])(
    'while Stripe cannot be asked: %s',
    async (error) => {
      const { run, markProcessed } = arrange([], () => Promise.reject(error));
      await expect(run({ payment_intent: 'pi_1' })).rejects.toBe(error);
      expect(markProcessed).not.toHaveBeenCalled();
    },
  );
});
