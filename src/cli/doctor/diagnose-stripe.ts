import { handledEvents, stripeApiVersion } from '../../billing/contracts';
import type { EnvDto } from '../../kernel/config/env.dto';
import { fault, type Finding, ok, reasonOf, warning } from '../../kernel/diagnosis/finding';
import { type Answer, call, textOf, trimmed } from './call';

const keysPage = 'https://dashboard.stripe.com/apikeys';
const hooksPage = 'https://dashboard.stripe.com/webhooks';

interface Endpoint {
  url: string;
  status: string;
  enabled_events: string[];
  api_version: string | null;
}

/** Looks at the Stripe account: does the key open it, in the right mode, and will its events come here. */
export async function diagnoseStripe(env: EnvDto): Promise<Finding[]> {
  if (!env.ENABLE_STRIPE) return [ok('stripe.key', 'Buying is turned off (ENABLE_STRIPE)')];
  const key = env.STRIPE_SECRET_KEY ?? '';
  const live = /^[rs]k_live_/.test(key);
  if (live !== env.STRIPE_LIVEMODE)
    return [
      fault(
        'stripe.mode',
        `STRIPE_SECRET_KEY is a ${live ? 'live' : 'test'} key, STRIPE_LIVEMODE is ${env.STRIPE_LIVEMODE}`,
        `set STRIPE_LIVEMODE=${live} or take the other key from ${keysPage}`,
      ),
    ];
  const get = (path: string): Promise<Answer> =>
    call(`${trimmed(env.STRIPE_API_BASE_URL ?? 'https://api.stripe.com')}${path}`, {
      headers: { authorization: `Bearer ${key}` },
    });
  try {
    const account = await get('/v1/account');
    if (account.status === 401)
      return [
        fault('stripe.key', 'Stripe refuses STRIPE_SECRET_KEY', `make a key at ${keysPage} and set it`),
      ];
    const opened = ok('stripe.key', `The key opens ${textOf(account.json.id) ?? 'the account'}`);
    return [opened, ...diagnoseEndpoint(await get('/v1/webhook_endpoints?limit=100'), env)];
  } catch (error) {
    return [
      fault(
        'stripe.reach',
        reasonOf(error),
        'let this machine reach api.stripe.com:443 (proxy, firewall, DNS)',
      ),
    ];
  }
}

function diagnoseEndpoint({ status, json }: Answer, env: EnvDto): Finding[] {
  const url = `${trimmed(env.PUBLIC_URL)}/api/billing/webhook`;
  if (status !== 200)
    return [
      warning(
        'stripe.webhook',
        `Webhook endpoints cannot be listed with this key (${status})`,
        `give the key "Webhook Endpoints: read", or look yourself at ${hooksPage} for ${url}`,
      ),
    ];
  const endpoint = (json.data as Endpoint[]).find((candidate) => candidate.url === url);
  if (!endpoint)
    return [
      fault(
        'stripe.webhook',
        `No webhook endpoint at Stripe points to ${url}`,
        `add it at ${hooksPage} with API version ${stripeApiVersion} and the events ${handledEvents.join(', ')}; put its signing secret into STRIPE_WEBHOOK_SECRETS`,
      ),
    ];
  const missing = endpoint.enabled_events.includes('*')
    ? []
    : handledEvents.filter((event) => !endpoint.enabled_events.includes(event));
  const faults = [
    endpoint.status !== 'enabled' &&
      fault('stripe.webhook', `The webhook endpoint is ${endpoint.status}`, `enable it at ${hooksPage}`),
    missing.length > 0 &&
      fault(
        'stripe.webhook-events',
        `The webhook endpoint does not send ${missing.join(', ')}`,
        `add these events to it at ${hooksPage}`,
      ),
    endpoint.api_version !== null &&
      endpoint.api_version !== stripeApiVersion &&
      fault(
        'stripe.api-version',
        `The webhook endpoint sends API version ${endpoint.api_version}, this build reads ${stripeApiVersion}`,
        `add a second endpoint with version ${stripeApiVersion} at ${hooksPage}, its secret first in STRIPE_WEBHOOK_SECRETS, then remove the old one`,
      ),
  ].filter((finding) => finding !== false);
  return faults.length > 0 ? faults : [ok('stripe.webhook', `Stripe sends its events to ${url}`)];
}
