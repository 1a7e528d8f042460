import type { EnvDto } from '../../kernel/config/env.dto';
import { fault, type Finding, ok, reasonOf } from '../../kernel/diagnosis/finding';
import { call, trimmed } from './call';

/** Looks at the API from outside, as Stripe and Google do. */
export async function diagnosePublicUrl(env: EnvDto): Promise<Finding[]> {
  const base = trimmed(env.PUBLIC_URL);
  try {
    const { status, json } = await call(`${base}/health/live`);
    if (status !== 200 || json.status !== 'ok')
      return [
        fault(
          'public-url.reach',
          `${base}/health/live answered ${status}, and not as our API does`,
          'let PUBLIC_URL name the address at which the load balancer forwards to the API, paths unchanged',
        ),
      ];
    const alive = ok('public-url.reach', `The API answers at ${base}`);
    return env.ENABLE_STRIPE ? [alive, await diagnoseWebhook(base)] : [alive];
  } catch (error) {
    return [
      fault(
        'public-url.reach',
        `Nothing answers at PUBLIC_URL: ${reasonOf(error)}`,
        'start the API and let DNS, TLS and the load balancer lead PUBLIC_URL to it',
      ),
    ];
  }
}

/** An unsigned event must come through and be refused by us: not by a proxy, and not be taken. */
async function diagnoseWebhook(base: string): Promise<Finding> {
  const { status, json } = await call(`${base}/api/billing/webhook`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  if (status === 400 && json.code === 'billing.webhook-signature')
    return ok('public-url.webhook', 'Webhooks come through, and an unsigned one is refused');
  return fault(
    'public-url.webhook',
    `An unsigned webhook was answered with ${status}, not with our refusal`,
    `let the proxy pass POST ${base}/api/billing/webhook through, without sign-in, redirect or a change of its body`,
  );
}
