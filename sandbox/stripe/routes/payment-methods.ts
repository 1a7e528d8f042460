import type Stripe from 'stripe';
import { attachMethod, resolveMethod } from '../payments/methods';
import { invalid } from '../wire/errors';
import { type Names, type Route } from '../wire/route';

const base = '/v1/payment_methods';

/** Payment methods; test tokens such as `pm_card_visa` may stand for an id. */
export const paymentMethodRoutes: Route[] = [
  {
    method: 'GET',
    url: base,
    accepts: [
      'limit',
      'starting_after',
      'ending_before',
      'customer',
      'type',
    ] satisfies Names<Stripe.PaymentMethodListParams>,
    handle: ({ world, params }) => {
      const [customer, type] = [params.text('customer'), params.text('type')];
      return world.paymentMethods.list(
        base,
        params,
        (method) =>
          (customer === undefined || method.customer === customer) &&
          (type === undefined || method.type === type),
      );
    },
  },
  { method: 'GET', url: `${base}/:id`, accepts: [], handle: ({ world, id }) => resolveMethod(world, id) },
  {
    method: 'POST',
    url: `${base}/:id/attach`,
    accepts: ['customer'] satisfies Names<Stripe.PaymentMethodAttachParams>,
    handle: ({ world, params, id }) => {
      const customer = world.customers.get(params.need('customer'), 'customer');
      const method = resolveMethod(world, id);
      if (method.customer !== null && method.customer !== customer.id) {
        throw invalid('The payment method you provided has already been attached to a customer.');
      }
      attachMethod(world, method, customer.id);
      return method;
    },
  },
  {
    method: 'POST',
    url: `${base}/:id/detach`,
    accepts: [],
    handle: ({ world, id }) => {
      const method = world.paymentMethods.get(id);
      if (method.customer === null) throw invalid('This payment method is not attached to a customer.');
      const before = { customer: method.customer };
      method.customer = null;
      world.emit('payment_method.detached', method, before);
      return method;
    },
  },
];
