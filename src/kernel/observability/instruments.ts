import type { OnLookup } from '../cache/cache';
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

/** Counts the hits and misses of a cache, by the name its keys begin with. */
export function measureCache(metrics: Metrics): OnLookup {
  const lookups = metrics.counter('inbrief_cache_lookups_total', 'Cache lookups.', ['name', 'result']);
  return (name, hit) => lookups.inc({ name, result: hit ? 'hit' : 'miss' });
}
