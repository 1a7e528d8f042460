import type { Fault } from '../../sandbox/emulator/fault-script';

const atOnce = { 'retry-after': '0' };
const error = (code: number, reason: string): object => ({
  error: { code, message: reason, errors: [{ reason }] },
});

/** What Google does to a caller on a bad day, as scripted faults; each with its probability per call. */
export function badWeather(seed: number): Fault[] {
  const calls = '/(messages|history|profile)$';
  const parts = '/messages/[^/]+$';
  const faults: Omit<Fault, 'times' | 'seed'>[] = [
    {
      path: calls,
      action: 'respond',
      status: 429,
      headers: atOnce,
      body: error(429, 'rateLimitExceeded'),
      probability: 0.04,
    },
    {
      path: calls,
      action: 'respond',
      status: 403,
      headers: atOnce,
      body: error(403, 'userRateLimitExceeded'),
      probability: 0.03,
    },
    {
      path: calls,
      action: 'respond',
      status: 503,
      headers: atOnce,
      body: error(503, 'backendError'),
      probability: 0.04,
    },
    { path: calls, action: 'drop', probability: 0.02 },
    { path: calls, action: 'delay', delayMs: 700, probability: 0.005 },
    { path: '^/batch', action: 'respond', status: 502, body: 'bad gateway', probability: 0.03 },
    { path: '^/batch', action: 'drop-after', probability: 0.02 },
    {
      path: parts,
      action: 'respond',
      status: 429,
      headers: atOnce,
      body: error(429, 'rateLimitExceeded'),
      probability: 0.004,
    },
    {
      path: parts,
      action: 'respond',
      status: 403,
      headers: atOnce,
      body: error(403, 'rateLimitExceeded'),
      probability: 0.003,
    },
    { path: parts, action: 'respond', status: 500, body: error(500, 'backendError'), probability: 0.003 },
    { path: '^/token$', action: 'respond', status: 503, body: 'down', probability: 0.1 },
  ];
  return faults.map((fault, index) => ({ ...fault, times: 0, seed: seed + index }));
}
