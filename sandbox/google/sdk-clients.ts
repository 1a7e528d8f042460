import { gmail, type gmail_v1 } from '@googleapis/gmail';
import { CodeChallengeMethod, type Credentials, OAuth2Client } from 'google-auth-library';
import type { GoogleState } from './google-state';
import { sandboxClient } from './settings';

/** google-auth-library's client with every endpoint at an emulator, and no retries of its own. */
export function oauthClient(url: string, secret = sandboxClient.clientSecret): OAuth2Client {
  return new OAuth2Client({
    clientId: sandboxClient.clientId,
    clientSecret: secret,
    redirectUri: sandboxClient.redirectUris[0],
    // Jest cannot follow gaxios' dynamic import of node-fetch, and Node's own fetch does the same.
    transporterOptions: { retry: false, fetchImplementation: fetch },
    endpoints: {
      tokenInfoUrl: `${url}/tokeninfo`,
      oauth2AuthBaseUrl: `${url}/o/oauth2/v2/auth`,
      oauth2TokenUrl: `${url}/token`,
      oauth2RevokeUrl: `${url}/revoke`,
      oauth2FederatedSignonPemCertsUrl: `${url}/oauth2/v1/certs`,
      oauth2FederatedSignonJwkCertsUrl: `${url}/oauth2/v3/certs`,
    },
  });
}

/** Google's Gmail client on an emulator, signed in with freshly minted tokens; no retries. */
export function gmailClient(
  url: string,
  state: GoogleState,
  email: string,
  scopes: string[],
): gmail_v1.Gmail {
  const auth = oauthClient(url);
  const { access, refresh } = state.tokens.mint(sandboxClient.clientId, email, scopes);
  auth.setCredentials({
    access_token: access.token,
    refresh_token: refresh?.token,
    expiry_date: Date.now() + 3_600_000,
  });
  return gmail({ version: 'v1', rootUrl: url, auth, retry: false });
}

export interface ConsentWishes {
  scope: string[];
  email?: string;
  prompt?: string;
  accessType?: string;
  decision?: 'allow' | 'deny';
  /** Ticks only these boxes on the consent page. */
  granted?: string[];
  extra?: Record<string, string>;
}

/** Walks the consent page as a script would and returns the redirect's parameters. */
export async function consent(client: OAuth2Client, wishes: ConsentWishes): Promise<URLSearchParams> {
  const { codeChallenge } = await verifierOf(client);
  const address = client.generateAuthUrl({
    scope: wishes.scope,
    access_type: wishes.accessType ?? 'offline',
    prompt: wishes.prompt,
    state: 'a state',
    code_challenge: codeChallenge,
    code_challenge_method: CodeChallengeMethod.S256,
    ...wishes.extra,
  });
  const form = new URL(address).searchParams;
  form.set('decision', wishes.decision ?? 'allow');
  if (wishes.email) form.set('account', wishes.email);
  if (wishes.granted) form.set('granular', '1');
  for (const scope of wishes.granted ?? []) form.append('granted_scope', scope);
  const target = new URL('/__consent', address);
  const response = await fetch(target, { method: 'POST', body: form, redirect: 'manual' });
  return new URL(response.headers.get('location') ?? `http://localhost/?status=${response.status}`)
    .searchParams;
}

/** Consents and exchanges the code. */
export async function connect(client: OAuth2Client, wishes: ConsentWishes): Promise<Credentials> {
  const redirect = await consent(client, wishes);
  const { codeVerifier } = await verifierOf(client);
  return (await client.getToken({ code: redirect.get('code') ?? '', codeVerifier })).tokens;
}

const verifiers = new WeakMap<OAuth2Client, Promise<{ codeVerifier: string; codeChallenge?: string }>>();

/** The PKCE pair of a client, made once. */
export function verifierOf(client: OAuth2Client): Promise<{ codeVerifier: string; codeChallenge?: string }> {
  const pair = verifiers.get(client) ?? client.generateCodeVerifierAsync();
  verifiers.set(client, pair);
  return pair;
}

/** Google's error as the SDKs hand it over: the status and the parsed body. */
export async function failure(call: Promise<unknown>): Promise<{ status: number; body: unknown }> {
  const error: unknown = await call.then(
    () => new Error('did not fail'),
    (reason: unknown) => reason,
  );
  const { response } = error as { response?: { status: number; data: unknown } };
  if (!response) throw error;
  return { status: response.status, body: response.data };
}
