/** Of answers that the clock alone makes wrong: when it does. */
const ends = new WeakMap<object, number>();

/**
 * Notes until when an answer stays right if none of its rows change, in milliseconds since 1970; `Infinity` says that it does. An
 * answer of which nothing is noted is taken for one that stays right.
 */
export function goodUntil<T extends object>(answer: T, instant: number): T {
  ends.set(answer, instant);
  return answer;
}

/** Until when the answer stays right if none of its rows change. */
export function endOf(answer: object): number {
  return ends.get(answer) ?? Infinity;
}

/** The first of these instants that has not passed; `Infinity` without one. Null stands for an instant that never comes. */
export function firstAfter(now: number, instants: readonly (number | null)[]): number {
  return instants.reduce<number>(
    (first, instant) => (instant !== null && instant > now && instant < first ? instant : first),
    Infinity,
  );
}
