import fc from 'fast-check';

/** How many wallets, purchases, claims, keys and e-mails a run draws from: few, so that steps collide. */
export const bounds = { users: 3, emails: 40, payments: 4, refs: 6, keys: 8 };

/** One thing that happens to one wallet. Numbers are places in the world's pools; `days` are days until expiry. */
export type Step = { user: number } & (
  | { do: 'buy'; payment: number; credits: number; days: number | null }
  | {
      do: 'grant';
      source: 'welcome' | 'promotion';
      ref: number;
      credits: number;
      priority: number;
      days: number | null;
    }
  | { do: 'hold'; emails: number[]; cap: number | null }
  | { do: 'capture' | 'release'; emails: number[] }
  | { do: 'pass'; days: number }
  | { do: 'sweep' }
  | { do: 'claim'; payment: number; ref: number; share: number }
  | { do: 'reverse'; payment: number; ref: number }
  | { do: 'adjust'; key: number; credits: number }
);

const below = (size: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: size - 1 });
const emails = fc.array(below(bounds.emails), { minLength: 1, maxLength: 12 });
const days = fc.option(fc.integer({ min: 1, max: 5 }));
const credits = fc.integer({ min: 1, max: 25 });
const user = below(bounds.users);

/** Random steps; holds and their ends come most often, as in life. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('buy' as const),
      user,
      payment: below(bounds.payments),
      credits,
      days,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('grant' as const),
      user,
      source: fc.constantFrom('welcome' as const, 'promotion' as const),
      ref: below(bounds.refs),
      credits,
      priority: fc.constantFrom(0, 10),
      days,
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('hold' as const),
      user,
      emails,
      cap: fc.option(below(10), { freq: 3 }),
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('capture' as const), user, emails }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('release' as const), user, emails }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('pass' as const), user, days: fc.integer({ min: 1, max: 5 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sweep' as const), user }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('claim' as const),
      user,
      payment: below(bounds.payments),
      ref: below(bounds.refs),
      share: fc.integer({ min: 1, max: 100 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('reverse' as const),
      user,
      payment: below(bounds.payments),
      ref: below(bounds.refs),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('adjust' as const),
      user,
      key: below(bounds.keys),
      credits: fc.integer({ min: -15, max: 15 }).filter((n) => n !== 0),
    }),
  },
);
