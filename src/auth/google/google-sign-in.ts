import { Injectable } from '@nestjs/common';
import { CodeChallengeMethod, gaxios, OAuth2Client } from 'google-auth-library';
import { EnvDto } from '../../kernel/config/env.dto';
import { measureUpstream } from '../../kernel/observability/instruments';
import { Metrics } from '../../kernel/observability/metrics';
import { upstreamFetch } from '../../kernel/resilience/upstream-fetch';
import { upstreamDefaults } from '../../kernel/resilience/upstream-options';
import { UpstreamPolicy } from '../../kernel/resilience/upstream-policy';
import { parseSignInError } from './parse-sign-in-error';

/** The person Google vouches for. */
export interface GooglePerson {
  /** Google's own name for the account; never changes. */
  subject: string;
  email: string;
  name: string;
  /** Whether Google itself runs the mailbox, so that its word about the address is the owner's. */
  ownsAddress: boolean;
}

interface Discovery {
  token_endpoint: string;
  userinfo_endpoint: string;
}

interface UserInfo {
  sub?: string;
  email?: string;
  email_verified?: boolean;
  name?: string;
  /** The Workspace domain the account belongs to. */
  hd?: string;
}

/** Google as an identity provider, through the OAuth client that mailboxes are connected with too. */
@Injectable()
export class GoogleSignIn {
  private readonly base: string;
  private readonly transport = transportWithoutRetries();
  private readonly policy: UpstreamPolicy;

  constructor(
    private readonly env: EnvDto,
    metrics: Metrics,
  ) {
    this.policy = new UpstreamPolicy({
      ...upstreamDefaults,
      ...measureUpstream(metrics),
      upstream: 'google-sign-in',
      attempts: 1, // a code works once: the person signs in again
      parse: parseSignInError,
    });
    this.base = (env.GOOGLE_OAUTH_BASE_URL ?? 'https://accounts.google.com').replace(/\/+$/, '');
  }

  /** Google's page on which a person chooses an account; it sends the browser back to `redirectUri`. */
  pageUrl(redirectUri: string, state: string, codeChallenge: string): string {
    return this.client(redirectUri, { oauth2AuthBaseUrl: `${this.base}/o/oauth2/v2/auth` }).generateAuthUrl({
      scope: ['openid', 'email', 'profile'],
      prompt: 'select_account',
      state,
      code_challenge: codeChallenge,
      code_challenge_method: CodeChallengeMethod.S256,
    });
  }

  /**
   * Trades the code for the person behind it. The answer comes from Google itself over TLS and for our client only, so that
   * no signature is left to check (OpenID Connect Core 3.1.3.7).
   * @throws DomainError `auth.google-refused` (unauthenticated); a retryable one while Google cannot be reached.
   */
  person(code: string, codeVerifier: string, redirectUri: string): Promise<GooglePerson | undefined> {
    return this.policy.run('sign-in', async (signal) => {
      const discovery = `${this.base}/.well-known/openid-configuration`;
      const { data: endpoints } = await this.transport.request<Discovery>({ url: discovery, signal });
      const client = this.client(redirectUri, { oauth2TokenUrl: endpoints.token_endpoint });
      const { tokens } = await client.getToken({ code, codeVerifier });
      const headers = { authorization: `Bearer ${tokens.access_token ?? ''}` };
      const { data } = await this.transport.request<UserInfo>({
        url: endpoints.userinfo_endpoint,
        headers,
        signal,
      });
      return personOf(data);
    });
  }

  private client(redirectUri: string, endpoints: Record<string, string>): OAuth2Client {
    return new OAuth2Client({
      clientId: this.env.GOOGLE_CLIENT_ID,
      clientSecret: this.env.GOOGLE_CLIENT_SECRET,
      redirectUri,
      endpoints,
      transporter: this.transport,
      useAuthRequestParameters: false,
    });
  }
}

/** Undefined when Google does not vouch for the address. */
function personOf({ sub, email, email_verified: verified, name, hd }: UserInfo): GooglePerson | undefined {
  if (!sub || !email || verified !== true) return undefined;
  const address = email.toLowerCase();
  const ownsAddress = /@(gmail|googlemail)\.com$/.test(address) || Boolean(hd);
  return { subject: sub, email: address, name: nameOf(name, address), ownsAddress };
}

/** A name that fits an account; Google lets people have none. */
function nameOf(name: string | undefined, address: string): string {
  const trimmed = name?.trim() ?? '';
  return (trimmed === '' ? address : trimmed).slice(0, 120);
}

/** The SDK retries token calls by itself; the policy alone may. */
function transportWithoutRetries(): gaxios.Gaxios {
  const transport = new gaxios.Gaxios({ fetchImplementation: upstreamFetch });
  transport.interceptors.request.add({
    resolved: (config) => {
      config.retry = false;
      delete config.retryConfig;
      return Promise.resolve(config);
    },
  });
  return transport;
}
