import type Stripe from 'stripe';
import { newLineItem, newSession, type WireLineItem } from '../objects/checkout-session';
import { newPrice, newProduct } from '../objects/product';
import { idOf } from '../store';
import { invalid, missing } from '../wire/errors';
import { type Params } from '../wire/params';
import { type Call, type Names } from '../wire/route';
import { type StripeWorld } from '../world';
import { smallestAmount } from './attempt';
import { expireSession } from './checkout';

const minimumLifeSeconds = 30 * 60;
const maximumLifeSeconds = 24 * 60 * 60;

/** Parameters of a new session; some are taken without effect, because they only change the page's looks. */
export const sessionParameters = [
  'mode',
  'success_url',
  'cancel_url',
  'line_items',
  'metadata',
  'client_reference_id',
  'locale',
  'customer',
  'customer_creation',
  'customer_email',
  'expires_at',
  'payment_intent_data',
  'allowed_payment_method_types',
  'submit_type',
  'ui_mode',
  'billing_address_collection',
  'allow_promotion_codes',
  'automatic_tax',
  'saved_payment_method_options',
  'currency',
] satisfies Names<Stripe.Checkout.SessionCreateParams>;

const eligible = ['card', 'sepa_debit'];

/** Opens a session in payment mode, with a page to pay on. Throws the vendor's 400 for what it would refuse. */
export function createSession({ world, params, baseUrl }: Call): Stripe.Checkout.Session {
  const mode = params.word('mode', ['payment', 'setup', 'subscription']) ?? 'payment';
  if (mode !== 'payment') throw invalid(`This sandbox serves mode=payment only, not ${mode}.`, 'mode');
  const lines = params.children('line_items').map((line) => readLine(world, line));
  const [first] = lines;
  if (!first) throw missing('line_items');
  if (lines.some((line) => line.currency !== first.currency)) {
    throw invalid('All line items must have the same currency.', 'line_items');
  }
  const amount = lines.reduce((sum, line) => sum + line.amount_total, 0);
  if (amount < smallestAmount) {
    throw invalid('The total amount must be at least 50 cents.', 'line_items', 'amount_too_small');
  }
  const customer = params.text('customer');
  if (customer !== undefined) world.customers.get(customer, 'customer');
  const data = params.child('payment_intent_data');
  const allowed = params.texts('allowed_payment_method_types');
  const session = newSession(
    {
      amount,
      currency: first.currency,
      successUrl: readUrl(params, 'success_url') ?? params.need('success_url'),
      cancelUrl: readUrl(params, 'cancel_url') ?? null,
      clientReferenceId: params.text('client_reference_id') ?? null,
      customer: customer ?? null,
      customerCreation:
        customer === undefined
          ? (params.word('customer_creation', ['always', 'if_required']) ?? 'if_required')
          : null,
      customerEmail: params.text('customer_email') ?? null,
      expiresAt: readExpiry(world, params),
      metadata: params.metadata(),
      allowedPaymentMethodTypes: allowed.length > 0 ? allowed : null,
      paymentMethodTypes: eligible.filter((type) => allowed.length === 0 || allowed.includes(type)),
      pageUrl: (id) => `${baseUrl}/c/pay/${id}`,
    },
    world.now(),
    world.livemode,
  );
  world.intentData.set(session.id, {
    metadata: data?.metadata() ?? {},
    description: data?.text('description') ?? null,
    setupFutureUsage: data?.word('setup_future_usage', ['off_session', 'on_session']) ?? null,
    receiptEmail: data?.text('receipt_email') ?? null,
  });
  world.lineItems.set(session.id, lines);
  world.after((session.expires_at - world.now()) * 1_000, () => {
    if (session.status === 'open') expireSession(world, session);
  });
  return world.sessions.add(session);
}

function readUrl(params: Params, name: string): string | undefined {
  const url = params.text(name);
  // The placeholder's braces are no part of a URL until they are replaced.
  if (url !== undefined && !URL.canParse(url)) throw invalid('Not a valid URL', name, 'url_invalid');
  return url;
}

function readExpiry(world: StripeWorld, params: Params): number {
  const expiry = params.whole('expires_at') ?? world.now() + maximumLifeSeconds;
  const life = expiry - world.now();
  // A minute of grace: the caller's clock and the time on the wire.
  if (life < minimumLifeSeconds - 60 || life > maximumLifeSeconds + 60) {
    throw invalid(
      'The `expires_at` timestamp must be between 30 minutes and 24 hours from now.',
      'expires_at',
    );
  }
  return expiry;
}

function readLine(world: StripeWorld, line: Params): WireLineItem {
  const quantity = line.whole('quantity') ?? 1;
  const given = line.text('price');
  if (given !== undefined) {
    const price = world.prices.get(given, line.path('price'));
    return newLineItem(price, world.products.get(idOf(price.product) ?? '').name, quantity);
  }
  const data = line.child('price_data');
  if (!data) throw missing(line.path('price'));
  const [created, { livemode }] = [world.now(), world];
  const details = data.child('product_data');
  const existing = data.text('product');
  const product =
    existing !== undefined
      ? world.products.get(existing, data.path('product'))
      : newProduct(
          {
            name: details?.need('name') ?? data.need('product_data'),
            description: details?.text('description') ?? null,
            metadata: details?.metadata() ?? {},
          },
          created,
          livemode,
        );
  world.products.add(product);
  const currency = data.need('currency').toLowerCase();
  const unitAmount = data.whole('unit_amount') ?? Number(data.need('unit_amount_decimal'));
  const price = world.prices.add(
    newPrice({ product: product.id, currency, unitAmount, metadata: {} }, created, livemode),
  );
  return newLineItem(price, product.name, quantity);
}
