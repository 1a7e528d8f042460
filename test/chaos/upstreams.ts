import type { EmulatorUrls } from '../../sandbox/stack/emulator-plan';
import { control } from './people';
import type { Trouble } from './plan';

type Vendor = 'anthropic' | 'google' | 'stripe';

/** What is told to which vendor's control endpoint; `after` undoes it a few seconds later. */
interface Script {
  vendor: Vendor;
  path: string;
  body: unknown;
  after?: { path: string; body?: unknown };
}

const answer = (kind: string, more: object = {}): Script => ({
  vendor: 'anthropic',
  path: '/__control/answers',
  body: { kind, times: 2, ...more },
});
const fault = (vendor: Vendor, more: object): Script => ({
  vendor,
  path: '/__control/faults',
  body: { action: 'respond', times: 4, ...more },
});
const googleError = (status: number, reason: string): object => ({
  path: '^/(batch/)?gmail/',
  status,
  headers: { 'content-type': 'application/json' },
  body: {
    error: { code: status, message: reason, errors: [{ message: reason, domain: 'usageLimits', reason }] },
  },
});
const deliveries = (policy: object, after: Script['after']): Script => ({
  vendor: 'stripe',
  path: '/__control/deliveries',
  body: policy,
  after,
});
const asUsual = { path: '/__control/deliveries', body: { mode: 'deliver', copies: 1, shuffleMs: 0 } };

const scripts: Record<Trouble, Script> = {
  'anthropic: 429': answer('rate_limit', { retryAfterSeconds: 1, times: 4 }),
  'anthropic: 529': answer('overloaded', { times: 4 }),
  'anthropic: 500': answer('server_error', { times: 4 }),
  'anthropic: silent, then gone': answer('timeout', { delayMs: 4_000, times: 1 }),
  'anthropic: malformed': answer('malformed', { times: 1 }),
  'anthropic: refused': answer('refusal', { times: 1 }),
  'anthropic: cut off': answer('cut', { times: 1 }),
  'google: 429': fault('google', googleError(429, 'rateLimitExceeded')),
  'google: 403 over the quota': fault('google', googleError(403, 'userRateLimitExceeded')),
  'google: 500': fault('google', googleError(500, 'backendError')),
  'google: 503': fault('google', googleError(503, 'backendError')),
  'google: the answer is lost': fault('google', { action: 'drop-after', path: '^/(batch/)?gmail/' }),
  'stripe: 500': fault('stripe', {
    path: '^/v1/',
    status: 500,
    body: { error: { type: 'api_error', message: 'Oops' } },
  }),
  'stripe: events twice and out of order': deliveries({ copies: 3, shuffleMs: 2_000 }, asUsual),
  'stripe: events late': deliveries(
    { mode: 'hold' },
    { path: '/__control/deliveries/release', body: { order: 'lifo' } },
  ),
  'stripe: events lost': deliveries({ mode: 'drop' }, asUsual),
};

const troubleMs = 4_000;

/** Makes trouble at a vendor, which passes. */
export async function trouble(name: Trouble, emulators: EmulatorUrls): Promise<void> {
  const { vendor, path, body, after } = scripts[name];
  await control(`${emulators[vendor]}${path}`, body);
  if (!after) return;
  await new Promise((resolve) => setTimeout(resolve, troubleMs));
  if (path === asUsual.path) await control(`${emulators.stripe}${asUsual.path}`, asUsual.body);
  await control(`${emulators[vendor]}${after.path}`, after.body);
}

/** Vendors at their best again; what they held back is delivered. */
export async function calm(emulators: EmulatorUrls): Promise<void> {
  for (const vendor of ['anthropic', 'google', 'stripe'] as const)
    await control(`${emulators[vendor]}/__control/faults`, undefined, 'DELETE');
  await control(`${emulators.anthropic}/__control/answers`, undefined, 'DELETE');
  await control(`${emulators.stripe}${asUsual.path}`, asUsual.body);
  await control(`${emulators.stripe}/__control/deliveries/release`, {});
}
