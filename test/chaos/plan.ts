import { Chance } from '../sim/random';
import points from './program/crash-points.json';

export type WireName = 'postgres' | 'redis' | 'google' | 'stripe' | 'anthropic' | 'api';
export type Trouble = keyof typeof troubles;

/** One thing that happens in the storm, and when: milliseconds since it began. */
export type Strike = { atMs: number } & (
  | { kind: 'kill'; who: 'worker' | 'api'; pick: number }
  | { kind: 'crash'; who: 'worker' | 'api'; point: string; pick: number }
  | { kind: 'stall'; point: string; forMs: number }
  | { kind: 'postgres'; signal: 'SIGKILL' | 'SIGQUIT'; downMs: number }
  | { kind: 'redis'; how: 'flush' | 'restart'; downMs: number }
  | { kind: 'wire'; wire: WireName; how: 'cut' | 'slow' | 'half-open'; forMs: number }
  | { kind: 'upstream'; trouble: Trouble }
  | { kind: 'mail'; person: number; mails: number }
  | { kind: 'act'; person: number; act: Act }
);

/** What people do, besides getting mail: the first of them is the one who leaves. */
export const acts = ['sync', 'buy', 'leave', 'pause', 'resume', 'cancel a mail', 'cancel a run'] as const;
export type Act = (typeof acts)[number];

/** What vendors can be made to do; `upstreams.ts` knows how. */
export const troubles = {
  'anthropic: 429': 2,
  'anthropic: 529': 2,
  'anthropic: 500': 2,
  'anthropic: silent, then gone': 1,
  'anthropic: malformed': 1,
  'anthropic: refused': 1,
  'anthropic: cut off': 1,
  'google: 429': 2,
  'google: 403 over the quota': 2,
  'google: 500': 2,
  'google: 503': 1,
  'google: the answer is lost': 1,
  'stripe: 500': 1,
  'stripe: events twice and out of order': 1,
  'stripe: events late': 1,
  'stripe: events lost': 1,
} as const;

export interface PlanOptions {
  seed: number;
  minutes: number;
  killsPerMinute: number;
  emails: number;
  people: number;
  redis: boolean;
  points?: RegExp;
}

/** Everything that will be done to the product, from the seed alone. */
export function planOf({
  seed,
  minutes,
  killsPerMinute,
  emails,
  people,
  redis,
  points: wanted,
}: PlanOptions): Strike[] {
  const chance = new Chance(seed);
  const lengthMs = minutes * 60_000;
  const strikes: Strike[] = [];
  /** `count` strikes, each somewhere in its own part of the storm, so that none of a kind crowd together. */
  const spread = (count: number, make: (index: number) => StrikeBody, from = 0, to = 1): void => {
    for (let index = 0; index < count; index += 1) {
      const part = (index + chance.next()) / count;
      strikes.push({ atMs: Math.round(lengthMs * (from + (to - from) * part)), ...make(index) });
    }
  };
  const perMinute = (rate: number): number => Math.max(1, Math.round(rate * minutes));

  const those = (all: string[]): string[] => {
    const matching = all.filter((point) => wanted?.test(point) ?? true);
    return matching.length > 0 ? matching : all;
  };
  const deaths = dealer(chance, those(points.worker));
  const apiDeaths = dealer(chance, those(points.api));
  spread(Math.round(killsPerMinute * minutes), () => {
    const kind = chance.next();
    if (kind < 0.6) return { kind: 'crash', who: 'worker', point: deaths(), pick: chance.next() };
    if (kind < 0.88) return { kind: 'kill', who: 'worker', pick: chance.next() };
    if (kind < 0.94) return { kind: 'crash', who: 'api', point: apiDeaths(), pick: chance.next() };
    return { kind: 'kill', who: 'api', pick: chance.next() };
  });
  const stalls = dealer(chance, points.stall);
  spread(perMinute(8), () => ({ kind: 'stall', point: stalls(), forMs: chance.between(4_000, 6_000) }));
  spread(perMinute(0.8), (index) => ({
    kind: 'postgres',
    signal: index % 2 === 0 ? 'SIGKILL' : 'SIGQUIT',
    downMs: chance.between(0, 1_500),
  }));
  if (redis) {
    spread(perMinute(1.2), () => ({ kind: 'redis', how: 'flush', downMs: 0 }));
    spread(perMinute(0.6), () => ({ kind: 'redis', how: 'restart', downMs: chance.between(200, 3_000) }));
  }
  const wires: WireName[] = [
    'postgres',
    'google',
    'stripe',
    'anthropic',
    'api',
    ...(redis ? ['redis' as const] : []),
  ];
  const wireDeals = dealer(
    chance,
    wires.flatMap((wire) => (['cut', 'slow', 'half-open'] as const).map((how) => ({ wire, how }))),
  );
  spread(perMinute(5), () => ({ kind: 'wire', ...wireDeals(), forMs: chance.between(200, 2_000) }));
  const weighted = (Object.keys(troubles) as Trouble[]).flatMap((name) =>
    Array.from({ length: troubles[name] }, () => name),
  );
  const upstreamDeals = dealer(chance, weighted);
  spread(perMinute(10), () => ({ kind: 'upstream', trouble: upstreamDeals() }));

  const arriving = Math.round(emails * laterShare);
  const arrivals = Math.min(arriving, perMinute(12));
  spread(
    arrivals,
    (index) => ({
      kind: 'mail',
      person: chance.between(0, people - 1),
      mails: Math.floor(((index + 1) * arriving) / arrivals) - Math.floor((index * arriving) / arrivals),
    }),
    0,
    0.9,
  );
  spread(perMinute(6), () => ({ kind: 'act', person: chance.between(0, people - 1), act: 'sync' }));
  spread(perMinute(3), () => ({ kind: 'act', person: chance.between(1, people - 1), act: 'buy' }));
  const whims = dealer(chance, [
    'pause',
    'resume',
    'cancel a mail',
    'cancel a mail',
    'cancel a run',
  ] as const);
  spread(perMinute(5), () => ({ kind: 'act', person: chance.between(1, people - 1), act: whims() }));
  strikes.push({ atMs: Math.round(lengthMs * 0.6), kind: 'act', person: 0, act: 'leave' });
  return strikes.sort((a, b) => a.atMs - b.atMs);
}

type StrikeBody = Strike extends infer One ? (One extends Strike ? Omit<One, 'atMs'> : never) : never;

/** Share of the mails that arrive while the storm blows. */
export const laterShare = 0.5;

/** Deals all items in a random order, and then all of them again: none is left out for long. */
function dealer<T>(chance: Chance, items: readonly T[]): () => T {
  let deck: T[] = [];
  return () => {
    if (deck.length === 0)
      deck = items
        .map((item) => ({ item, rank: chance.next() }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ item }) => item);
    return deck.pop() as T;
  };
}
