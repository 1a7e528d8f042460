import { AmountMismatch, type PaymentFacts, type PaymentStatus, settledStatus } from './settlement';

const terms = (status: PaymentStatus = 'open') => ({ amountMinor: 500, currency: 'eur', status });
const facts = (
  session: 'open' | 'complete' | 'expired' | null,
  intent: 'succeeded' | 'processing' | 'unpaid' | 'canceled' | null,
  received = 500,
  currency = 'eur',
): PaymentFacts => ({
  session: session && { id: 'cs_1', status: session },
  intent: intent && {
    id: 'pi_1',
    status: intent,
    receivedMinor: received,
    currency,
    failureCode: null,
    saved: null,
  },
  reclaims: [],
});

describe('settledStatus', () => {
  it.each([
    ['open', 'open', null],
    ['open', 'open', 'unpaid'],
    ['paid', 'complete', 'succeeded'],
    ['paid', null, 'succeeded'],
    ['processing', 'complete', 'processing'],
    ['failed', 'complete', 'unpaid'],
    ['failed', null, 'unpaid'],
    ['failed', null, 'canceled'],
    ['expired', 'expired', null],
    ['expired', 'expired', 'canceled'],
  ] as const)('is %s for a session %s and an intent %s', (status, session, intent) =>
    expect(settledStatus(terms('created'), facts(session, intent))).toBe(status),
  );

  // Mutant: fulfilling on a completed session, which may still be unpaid.
  it('never calls a completed session paid before the money arrived', () => {
    expect(settledStatus(terms(), facts('complete', 'processing'))).toBe('processing');
    expect(settledStatus(terms(), facts('complete', null))).toBe('processing');
  });

  // Mutant: the latest writer wins; a slow worker with old facts would undo a payment.
  it.each(['paid', 'failed', 'expired', 'processing'] as const)('does not fall back from %s', (status) =>
    expect(settledStatus(terms(status), facts('open', null))).toBe(status),
  );

  it('still becomes paid after it had failed or expired', () => {
    expect(settledStatus(terms('failed'), facts('complete', 'succeeded'))).toBe('paid');
    expect(settledStatus(terms('expired'), facts(null, 'succeeded'))).toBe('paid');
  });

  // Mutant: granting the package for whatever amount came.
  it.each([
    [499, 'eur'],
    [500, 'usd'],
    [50_000, 'eur'],
  ])('refuses %p %s for 500 eur', (received, currency) =>
    expect(() => settledStatus(terms(), facts('complete', 'succeeded', received, currency))).toThrow(
      AmountMismatch,
    ),
  );
});
