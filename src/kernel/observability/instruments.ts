import type { BreakerState, UpstreamOptions } from '../resilience/upstream-options';
import type { Metrics } from './metrics';

const stateValues: Record<BreakerState, number> = { closed: 0, 'half-open': 1, open: 2 };

/** Measures an upstream policy: latency and outcome of each attempt, and the worst state of its breakers. */
export function measureUpstream(
  metrics: Metrics,
): Required<Pick<UpstreamOptions, 'onCall' | 'onBreakerState'>> {
  const durations = metrics.histogram('inbrief_upstream_call_duration_seconds', 'Attempts at an upstream.', [
    'upstream',
    'operation',
    'outcome',
  ]);
  const breakers = metrics.breakers;
  const states = metrics.gauge('inbrief_upstream_breaker_state', '0 closed, 1 half-open, 2 open.', [
    'upstream',
  ]);
  return {
    onCall: ({ durationMs, ...labels }) => durations.observe(labels, durationMs / 1_000),
    onBreakerState: (upstream, state, policy) =>
      states.set({ upstream }, stateValues[breakers.note(upstream, state, policy)]),
  };
}

/** Counts the lookups of something that is kept because making it anew costs more; the hit rate is what it saves. */
export function measureCache(metrics: Metrics, cache: string): (isHit: boolean) => void {
  const lookups = metrics.counter(
    'inbrief_cache_lookups_total',
    'Lookups of what is kept for the next time, by what it is.',
    ['cache', 'outcome'],
  );
  // Both from the start: a rate needs the outcome that has not been yet.
  for (const outcome of ['hit', 'miss']) lookups.inc({ cache, outcome }, 0);
  return (isHit) => lookups.inc({ cache, outcome: isHit ? 'hit' : 'miss' });
}
