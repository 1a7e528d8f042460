import type { BreakerState } from './upstream-options';

const order: readonly BreakerState[] = ['closed', 'half-open', 'open'];

/** Milliseconds for which a circuit that opened is known to be open: with calls coming it would have been tried since. */
const knownForMs = 60_000;

interface Noted {
  readonly state: BreakerState;
  readonly at: number;
}

/** How the breakers of this process stand. An upstream has as many as it has policies; the worst one speaks for it. */
export class Breakers {
  private readonly states = new Map<string, Map<object, Noted>>();

  /** Takes a change in and answers the upstream's worst state after it. */
  note(upstream: string, state: BreakerState, policy: object): BreakerState {
    const policies = this.states.get(upstream) ?? new Map<object, Noted>();
    this.states.set(upstream, policies.set(policy, { state, at: Date.now() }));
    return worstOf([...policies.values()]);
  }

  /** Each upstream's worst state. */
  list(): Record<string, BreakerState> {
    return Object.fromEntries(
      [...this.states].map(([upstream, policies]) => [upstream, worstOf([...policies.values()])]),
    );
  }

  /**
   * Upstreams that do not answer now. A circuit nobody has called for a minute stays open without meaning anything: the next
   * call would try it.
   */
  down(now: number = Date.now()): string[] {
    const fresh = ({ at }: Noted): boolean => now - at < knownForMs;
    return [...this.states]
      .filter(([, policies]) => worstOf([...policies.values()].filter(fresh)) !== 'closed')
      .map(([upstream]) => upstream);
  }
}

function worstOf(noted: readonly Noted[]): BreakerState {
  return order[Math.max(0, ...noted.map(({ state }) => order.indexOf(state)))] ?? 'closed';
}
