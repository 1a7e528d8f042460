import type { EnvDto } from '../../kernel/config/env.dto';
import { fault, type Finding, ok, reasonOf } from '../../kernel/diagnosis/finding';
import { call, textOf, trimmed } from './call';

const clientsPage = 'https://console.cloud.google.com/auth/clients';

/** Looks at the OAuth client: is its secret right, and does it know our callback. Nobody has to consent for that. */
export async function diagnoseGoogle(env: EnvDto): Promise<Finding[]> {
  const base = trimmed(env.GOOGLE_OAUTH_BASE_URL ?? 'https://accounts.google.com');
  const redirectUri = `${trimmed(env.PUBLIC_URL)}/api/gmail/callback`;
  try {
    return [await diagnoseClient(env, base, redirectUri), await diagnoseRedirect(env, base, redirectUri)];
  } catch (error) {
    return [
      fault(
        'google.reach',
        reasonOf(error),
        'let this machine reach accounts.google.com and oauth2.googleapis.com (proxy, firewall, DNS)',
      ),
    ];
  }
}

/** A made-up code is refused either way; Google looks at the client first. */
async function diagnoseClient(env: EnvDto, base: string, redirectUri: string): Promise<Finding> {
  const { json: discovery } = await call(`${base}/.well-known/openid-configuration`);
  const { json } = await call(textOf(discovery.token_endpoint) ?? `${base}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: 'doctor',
      client_id: env.GOOGLE_CLIENT_ID,
      client_secret: env.GOOGLE_CLIENT_SECRET,
      redirect_uri: redirectUri,
    }),
  });
  if (json.error === 'invalid_client' || json.error === 'unauthorized_client')
    return fault(
      'google.client',
      'Google refuses GOOGLE_CLIENT_ID with GOOGLE_CLIENT_SECRET',
      `take both from the web client at ${clientsPage}`,
    );
  return ok('google.client', 'Google knows the OAuth client and its secret');
}

async function diagnoseRedirect(env: EnvDto, base: string, redirectUri: string): Promise<Finding> {
  const asked = new URLSearchParams({
    client_id: env.GOOGLE_CLIENT_ID,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid',
  });
  const { status, headers } = await call(`${base}/o/oauth2/v2/auth?${asked.toString()}`);
  // Google shows an error page, or sends there; an accepted request is sent to sign in.
  if (status >= 400 || (headers.get('location') ?? '').includes('/oauth/error'))
    return fault(
      'google.redirect',
      `The OAuth client does not take ${redirectUri} (or is not known)`,
      `add ${redirectUri} to the authorised redirect URIs of the client at ${clientsPage}`,
    );
  return ok('google.redirect', `The OAuth client takes ${redirectUri}`);
}
