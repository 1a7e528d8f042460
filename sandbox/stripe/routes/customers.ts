import type Stripe from 'stripe';
import { customerParameters, newCustomer } from '../objects/customer';
import { type Names, type Route } from '../wire/route';

const base = '/v1/customers';

/** Customers and, below them, their saved payment methods. */
export const customerRoutes: Route[] = [
  {
    method: 'POST',
    url: base,
    accepts: customerParameters,
    handle: ({ world, params }) => {
      const customer = world.customers.add(newCustomer(params, world.now(), world.livemode));
      world.emit('customer.created', customer);
      return customer;
    },
  },
  {
    method: 'GET',
    url: base,
    accepts: [
      'limit',
      'starting_after',
      'ending_before',
      'created',
      'email',
    ] satisfies Names<Stripe.CustomerListParams>,
    handle: ({ world, params }) => {
      const email = params.text('email');
      return world.customers.list(
        base,
        params,
        (customer) => email === undefined || customer.email === email,
      );
    },
  },
  {
    method: 'GET',
    url: `${base}/:id`,
    accepts: [],
    handle: ({ world, id }) => world.deletedCustomers.get(id) ?? world.customers.get(id),
  },
  {
    method: 'POST',
    url: `${base}/:id`,
    accepts: customerParameters,
    handle: ({ world, params, id }) => {
      const customer = world.customers.get(id);
      const before = structuredClone(customer);
      for (const name of ['email', 'name', 'phone', 'description'] as const) {
        if (params.has(name)) customer[name] = params.need(name);
      }
      customer.metadata = params.metadata(customer.metadata);
      const method = params.child('invoice_settings')?.text('default_payment_method');
      if (method !== undefined) customer.invoice_settings.default_payment_method = method;
      world.emit('customer.updated', customer, before);
      return customer;
    },
  },
  {
    method: 'DELETE',
    url: `${base}/:id`,
    accepts: [],
    handle: ({ world, id }) => {
      const customer = world.customers.get(id);
      world.customers.remove(id);
      const deleted: Stripe.DeletedCustomer = { id, object: 'customer', deleted: true };
      world.deletedCustomers.set(id, deleted);
      world.emit('customer.deleted', customer);
      return deleted;
    },
  },
  {
    method: 'GET',
    url: `${base}/:id/payment_methods`,
    accepts: [
      'limit',
      'starting_after',
      'ending_before',
      'type',
    ] satisfies Names<Stripe.CustomerListPaymentMethodsParams>,
    handle: ({ world, params, id }) => {
      world.customers.get(id);
      const type = params.text('type');
      return world.paymentMethods.list(
        `${base}/${id}/payment_methods`,
        params,
        (method) => method.customer === id && (type === undefined || method.type === type),
      );
    },
  },
];
