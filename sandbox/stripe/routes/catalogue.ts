import type Stripe from 'stripe';
import { newPrice, newProduct } from '../objects/product';
import { missing } from '../wire/errors';
import { type Names, type Route } from '../wire/route';

/** Products, one-time prices, balance transactions and the account: as much as an integration reads. */
export const catalogueRoutes: Route[] = [
  {
    method: 'POST',
    url: '/v1/products',
    accepts: ['name', 'description', 'metadata'] satisfies Names<Stripe.ProductCreateParams>,
    handle: ({ world, params }) => {
      const [name, description] = [params.need('name'), params.text('description') ?? null];
      const details = { name, description, metadata: params.metadata() };
      return world.products.add(newProduct(details, world.now(), world.livemode));
    },
  },
  {
    method: 'GET',
    url: '/v1/products',
    accepts: [
      'limit',
      'starting_after',
      'ending_before',
      'created',
    ] satisfies Names<Stripe.ProductListParams>,
    handle: ({ world, params }) => world.products.list('/v1/products', params),
  },
  { method: 'GET', url: '/v1/products/:id', accepts: [], handle: ({ world, id }) => world.products.get(id) },
  {
    method: 'POST',
    url: '/v1/prices',
    accepts: ['product', 'currency', 'unit_amount', 'metadata'] satisfies Names<Stripe.PriceCreateParams>,
    handle: ({ world, params }) => {
      const product = world.products.get(params.need('product'), 'product').id;
      const unitAmount = params.whole('unit_amount');
      if (unitAmount === undefined) throw missing('unit_amount');
      const currency = params.need('currency').toLowerCase();
      const details = { product, currency, unitAmount, metadata: params.metadata() };
      return world.prices.add(newPrice(details, world.now(), world.livemode));
    },
  },
  {
    method: 'GET',
    url: '/v1/prices',
    accepts: [
      'limit',
      'starting_after',
      'ending_before',
      'created',
      'product',
    ] satisfies Names<Stripe.PriceListParams>,
    handle: ({ world, params }) => {
      const product = params.text('product');
      return world.prices.list(
        '/v1/prices',
        params,
        (price) => product === undefined || price.product === product,
      );
    },
  },
  { method: 'GET', url: '/v1/prices/:id', accepts: [], handle: ({ world, id }) => world.prices.get(id) },
  {
    method: 'GET',
    url: '/v1/balance_transactions/:id',
    accepts: [],
    handle: ({ world, id }) => world.balanceTransactions.get(id),
  },
  {
    method: 'GET',
    url: '/v1/account',
    accepts: [],
    handle: ({ world }): Stripe.Account => ({
      id: world.accountId,
      object: 'account',
      business_profile: null,
      business_type: 'company',
      capabilities: { card_payments: 'active', transfers: 'active' },
      charges_enabled: true,
      country: 'US',
      default_currency: 'usd',
      details_submitted: true,
      email: 'owner@example.com',
      metadata: {},
      payouts_enabled: true,
      type: 'standard',
    }),
  },
];
