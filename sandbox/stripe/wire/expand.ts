import { type Collection, type Stored } from '../store';
import { type StripeWorld } from '../world';
import { invalid } from './errors';

type Node = Record<string, unknown>;

const maxDepth = 4;

/** A copy of the answer with each `expand[]` path filled in. Throws a 400 for what cannot be expanded. */
export function expandAnswer(world: StripeWorld, answer: object, paths: string[]): object {
  const copy = structuredClone(answer) as Node;
  for (const path of paths) {
    const segments = path.split('.');
    const depth = segments.filter((segment) => segment !== 'data').length;
    if (depth > maxDepth) throw invalid('You cannot expand more than 4 levels of a property', 'expand');
    walk(world, copy, segments, path);
  }
  return copy;
}

function walk(world: StripeWorld, node: Node, segments: string[], path: string): void {
  const [name, ...rest] = segments;
  if (name === undefined) return;
  if (node[name] === undefined) node[name] = included(world, node, name);
  const value = node[name];
  if (value === undefined) {
    throw invalid(`This property cannot be expanded (${path}).`, 'expand');
  }
  if (Array.isArray(value)) {
    for (const item of value as Node[]) walk(world, item, rest, path);
    return;
  }
  if (typeof value === 'string') {
    const found = lookup(world, value);
    if (!found) throw invalid(`This property cannot be expanded (${path}).`, 'expand');
    node[name] = structuredClone(found);
  }
  if (isNode(node[name])) walk(world, node[name], rest, path);
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** Lists that an object has but shows only on demand. */
function included(world: StripeWorld, node: Node, name: string): unknown {
  const id = String(node.id);
  if (node.object === 'checkout.session' && name === 'line_items') {
    const data = structuredClone(world.lineItems.get(id) ?? []);
    return { object: 'list', url: `/v1/checkout/sessions/${id}/line_items`, has_more: false, data };
  }
  if (node.object === 'charge' && name === 'refunds') {
    const data = structuredClone(world.refunds.all().filter((refund) => refund.charge === id));
    return { object: 'list', url: `/v1/charges/${id}/refunds`, has_more: false, data };
  }
  return undefined;
}

function lookup(world: StripeWorld, id: string): Stored | undefined {
  const byPrefix: Record<string, Collection<Stored>> = {
    cus: world.customers,
    pm: world.paymentMethods,
    pi: world.intents,
    ch: world.charges,
    re: world.refunds,
    du: world.disputes,
    cs: world.sessions,
    prod: world.products,
    price: world.prices,
    txn: world.balanceTransactions,
  };
  return byPrefix[id.split('_')[0] ?? '']?.find(id);
}
