import { Injectable } from '@nestjs/common';
import { CodeChallengeMethod, OAuth2Client } from 'google-auth-library';
import { EnvDto } from '../../kernel/config/env.dto';
import { DomainError } from '../../kernel/errors/domain-error';
import { parseScopes } from '../domain/scopes';
import { GoogleEndpoints } from './google-endpoints';
import { googleTransport } from './google-transport';
import { GoogleUpstream } from './google-upstream';

/** What a consent request says beside who we are. */
export interface ConsentRequest {
  state: string;
  /** RFC 7636, S256. */
  codeChallenge: string;
  scopes: string[];
  loginHint?: string;
}

/** Tokens as Google gave them. `refreshToken` is absent when Google gave none (again). */
export interface GrantedTokens {
  accessToken: string;
  expiresAt: Date;
  refreshToken?: string;
  scopes: string[];
}

/** The person behind an access token. */
export interface GoogleIdentity {
  subject: string;
  emailAddress: string;
}

/** Google's OAuth endpoints: the consent page's address, tokens, identity and revocation. */
@Injectable()
export class GoogleOAuth {
  private readonly transporter = googleTransport();

  constructor(
    private readonly env: EnvDto,
    private readonly endpoints: GoogleEndpoints,
    private readonly upstream: GoogleUpstream,
  ) {}

  /** The consent page's address. Always asks anew, so that a refresh token comes back; adds to what was granted before. */
  consentUrl({ state, codeChallenge, scopes, loginHint }: ConsentRequest): string {
    return this.client({ oauth2AuthBaseUrl: this.endpoints.consentUrl }).generateAuthUrl({
      access_type: 'offline',
      prompt: 'consent',
      include_granted_scopes: true,
      scope: scopes,
      state,
      code_challenge: codeChallenge,
      code_challenge_method: CodeChallengeMethod.S256,
      login_hint: loginHint,
    });
  }

  /**
   * Trades a code for tokens. Sent once: a code works once, so a lost answer means a new consent.
   * @throws DomainError `gmail.consent-expired` for a code that Google no longer takes.
   */
  async exchange(code: string, codeVerifier: string): Promise<GrantedTokens> {
    const client = await this.tokenClient();
    const { tokens } = await this.upstream
      .oauthOnce('exchange', 'token', () => client.getToken({ code, codeVerifier }))
      .catch((error: unknown) => {
        if (error instanceof DomainError && error.code === 'gmail.needs-reauth')
          throw new DomainError(
            'unprocessable',
            'gmail.consent-expired',
            'The consent was used or has expired',
          );
        throw error;
      });
    return { ...grantOf(tokens), refreshToken: tokens.refresh_token ?? undefined };
  }

  /** @throws DomainError `gmail.needs-reauth` when Google no longer accepts the refresh token. */
  async refresh(refreshToken: string): Promise<GrantedTokens> {
    const client = await this.tokenClient();
    client.setCredentials({ refresh_token: refreshToken });
    const { credentials } = await this.upstream.oauth('refresh', 'token', () => client.refreshAccessToken());
    return grantOf(credentials);
  }

  /** Ends the grant a token belongs to. A token that Google no longer knows counts as revoked. */
  async revoke(token: string): Promise<void> {
    const client = await this.tokenClient();
    await this.upstream
      .oauth('revoke', 'token', () => client.revokeToken(token))
      .catch((error: unknown) => {
        if (error instanceof DomainError && !error.retryable) return;
        throw error;
      });
  }

  async identity(accessToken: string): Promise<GoogleIdentity> {
    const { userInfoUrl } = await this.endpoints.oauth();
    const headers = { authorization: `Bearer ${accessToken}` };
    const { data } = await this.upstream.oauth('identity', 'other', (signal) =>
      this.transporter.request<{ sub?: string; id?: string; email?: string }>({
        url: userInfoUrl,
        headers,
        signal,
      }),
    );
    const subject = data.sub ?? data.id;
    if (!subject || !data.email)
      throw new DomainError('internal', 'gmail.identity-unknown', 'Google did not say whose mailbox this is');
    return { subject, emailAddress: data.email.toLowerCase() };
  }

  private async tokenClient(): Promise<OAuth2Client> {
    const { tokenUrl, revocationUrl } = await this.endpoints.oauth();
    return this.client({ oauth2TokenUrl: tokenUrl, oauth2RevokeUrl: revocationUrl });
  }

  private client(endpoints: Record<string, string>): OAuth2Client {
    return new OAuth2Client({
      clientId: this.env.GOOGLE_CLIENT_ID,
      clientSecret: this.env.GOOGLE_CLIENT_SECRET,
      redirectUri: `${this.env.PUBLIC_URL}/api/gmail/callback`,
      endpoints,
      transporter: this.transporter,
      useAuthRequestParameters: false,
    });
  }
}

function grantOf(tokens: {
  access_token?: string | null;
  expiry_date?: number | null;
  scope?: string;
}): GrantedTokens {
  if (!tokens.access_token)
    throw new DomainError('unavailable', 'gmail.token-missing', 'Google answered without an access token');
  return {
    accessToken: tokens.access_token,
    expiresAt: new Date(tokens.expiry_date ?? Date.now()),
    scopes: parseScopes(tokens.scope ?? ''),
  };
}
