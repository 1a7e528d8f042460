import Stripe from 'stripe';
import { DomainError } from '../../kernel/errors/domain-error';
import { declineOf, parseStripeError } from './stripe-error';

const { errors } = Stripe;
const raw = (fields: object) => ({ type: 'api_error', message: 'No.', ...fields }) as never;

describe('parseStripeError', () => {
  it.each([
    ['a lost connection', new errors.StripeConnectionError(raw({})), 'unavailable', 'stripe.unreachable'],
    ['an unreadable answer', new errors.StripeAPIError(raw({})), 'unavailable', 'stripe.unreachable'],
    ['a 500', new errors.StripeAPIError(raw({ statusCode: 500 })), 'unavailable', 'stripe.failed'],
    [
      'a 429',
      new errors.StripeRateLimitError(raw({ statusCode: 429 })),
      'rate-limited',
      'stripe.rate-limited',
    ],
    [
      'a held lock',
      new errors.StripeRateLimitError(raw({ statusCode: 429, code: 'lock_timeout' })),
      'unavailable',
      'stripe.busy-object',
    ],
    [
      'a key in use',
      new errors.StripeIdempotencyError(raw({ statusCode: 409 })),
      'unavailable',
      'stripe.busy-object',
    ],
    [
      'a declined card',
      new errors.StripeCardError(raw({ statusCode: 402 })),
      'payment-required',
      'stripe.card-declined',
    ],
    [
      'a missing object',
      new errors.StripeInvalidRequestError(raw({ statusCode: 404, code: 'resource_missing' })),
      'not-found',
      'stripe.no-such-object',
    ],
    [
      'a bad key',
      new errors.StripeAuthenticationError(raw({ statusCode: 401 })),
      'internal',
      'stripe.stripeauthenticationerror',
    ],
    [
      'a reused key',
      new errors.StripeIdempotencyError(raw({ statusCode: 400 })),
      'internal',
      'stripe.stripeidempotencyerror',
    ],
    [
      'a bad request',
      new errors.StripeInvalidRequestError(raw({ statusCode: 400, code: 'parameter_unknown' })),
      'internal',
      'stripe.parameter-unknown',
    ],
    ['anything else', new TypeError('x is not a function'), 'internal', 'stripe.unexpected'],
  ])('calls %s what it is', (_, error, kind, code) =>
    expect(parseStripeError(error)).toMatchObject({ kind, code }),
  );

  it('waits as long as Stripe asks', () => {
    const error = new errors.StripeRateLimitError(raw({ statusCode: 429, headers: { 'retry-after': '7' } }));
    expect(parseStripeError(error).retryAfterMs).toBe(7_000);
  });

  it('leaves an error that is parsed already as it is', () => {
    const error = new DomainError('unavailable', 'stripe.timeout', 'Late.');
    expect(parseStripeError(error)).toBe(error);
  });
});

describe('declineOf', () => {
  it('reads the reason and the intent of a declined charge', () => {
    const error = new errors.StripeCardError(
      raw({ code: 'authentication_required', payment_intent: { id: 'pi_1' } }),
    );
    const decline = { code: 'authentication_required', paymentIntentId: 'pi_1' };
    expect(declineOf(parseStripeError(error))).toEqual(decline);
    expect(declineOf(error)).toEqual(decline);
  });

  it('knows nothing of other errors', () => expect(declineOf(new Error('x'))).toBeUndefined());
});
