import Stripe from 'stripe';
import { DomainError } from '../../kernel/errors/domain-error';

const { errors } = Stripe;

/** Stripe answered a 5xx. It repeats that answer for the same idempotency key, so the next try needs another one. */
export const stripeFailed = 'stripe.failed';

/**
 * What an error of Stripe's SDK means to us. Worth a retry: connection faults, 5xx, rate limits, and a key or an object
 * that another call holds at this moment. A declined card is the payer's matter; everything else is a fault of ours.
 */
export function parseStripeError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (!(error instanceof errors.StripeError))
    return new DomainError('internal', 'stripe.unexpected', 'Stripe could not be called.', { cause: error });
  if (error instanceof errors.StripeCardError)
    return new DomainError('payment-required', 'stripe.card-declined', 'The card was declined.', {
      cause: error,
    });
  if (isHeldElsewhere(error))
    return new DomainError('unavailable', 'stripe.busy-object', 'Stripe works on this already.', {
      cause: error,
    });
  if (error instanceof errors.StripeRateLimitError || error.statusCode === 429)
    return new DomainError('rate-limited', 'stripe.rate-limited', 'Stripe asks to slow down.', {
      cause: error,
      retryAfterMs: retryAfterMs(error.headers),
    });
  if ((error.statusCode ?? 0) >= 500)
    return new DomainError('unavailable', stripeFailed, 'Stripe answered an error of its own.', {
      cause: error,
      retryAfterMs: retryAfterMs(error.headers),
    });
  // An answer that cannot be read leaves open what Stripe did, as does none.
  if (error instanceof errors.StripeConnectionError || error instanceof errors.StripeAPIError)
    return new DomainError('unavailable', 'stripe.unreachable', 'Stripe cannot be reached.', {
      cause: error,
    });
  if (error.code === 'resource_missing')
    return new DomainError('not-found', 'stripe.no-such-object', 'Stripe knows no such object.', {
      cause: error,
    });
  return new DomainError('internal', `stripe.${codeOf(error)}`, 'Stripe refused the request.', {
    cause: error,
  });
}

/** The payer's own bank or card said no, and how: `card_declined`, `authentication_required`, … */
export function declineOf(error: unknown): { code: string; paymentIntentId: string | undefined } | undefined {
  const cause = error instanceof DomainError ? error.cause : error;
  if (!(cause instanceof errors.StripeCardError)) return undefined;
  return { code: cause.code ?? 'card_declined', paymentIntentId: cause.payment_intent?.id };
}

function isHeldElsewhere({ code, statusCode }: Stripe.errors.StripeError): boolean {
  return code === 'lock_timeout' || code === 'idempotency_key_in_use' || statusCode === 409;
}

function retryAfterMs(headers: Record<string, string> | undefined): number | undefined {
  const seconds = Number(headers?.['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : undefined;
}

function codeOf({ code, type }: Stripe.errors.StripeError): string {
  return (code ?? type).replace(/[^A-Za-z]+/g, '-').toLowerCase();
}
