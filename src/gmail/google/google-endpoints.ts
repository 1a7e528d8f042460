import { Injectable } from '@nestjs/common';
import { EnvDto } from '../../kernel/config/env.dto';
import { googleTransport } from './google-transport';
import { GoogleUpstream } from './google-upstream';

/** Addresses that Google's discovery document names. */
export interface OAuthEndpoints {
  tokenUrl: string;
  revocationUrl: string;
  userInfoUrl: string;
  keysUrl: string;
}

interface DiscoveryDocument {
  token_endpoint: string;
  revocation_endpoint: string;
  userinfo_endpoint: string;
  jwks_uri: string;
}

/**
 * Where Google is. The consent page and the Gmail API stand at fixed paths below their base URLs; the other OAuth
 * addresses come from the OpenID discovery document, which is read once per process.
 */
@Injectable()
export class GoogleEndpoints {
  readonly consentUrl: string;
  /** With a trailing slash, as the SDK wants it. */
  readonly apiRoot: string;
  readonly batchUrl: string;
  private readonly discoveryUrl: string;
  private readonly transport = googleTransport();
  private known: Promise<OAuthEndpoints> | undefined;

  constructor(
    env: EnvDto,
    private readonly upstream: GoogleUpstream,
  ) {
    const oauth = trimmed(env.GOOGLE_OAUTH_BASE_URL ?? 'https://accounts.google.com');
    const api = trimmed(env.GOOGLE_API_BASE_URL ?? 'https://gmail.googleapis.com');
    this.consentUrl = `${oauth}/o/oauth2/v2/auth`;
    this.discoveryUrl = `${oauth}/.well-known/openid-configuration`;
    this.apiRoot = `${api}/`;
    this.batchUrl = `${api}/batch/gmail/v1`;
  }

  /** @throws DomainError, retryable, while the discovery document cannot be read. */
  oauth(): Promise<OAuthEndpoints> {
    this.known ??= this.discover().catch((error: unknown) => {
      this.known = undefined;
      throw error;
    });
    return this.known;
  }

  private async discover(): Promise<OAuthEndpoints> {
    const { data } = await this.upstream.oauth('discovery', 'other', (signal) =>
      this.transport.request<DiscoveryDocument>({ url: this.discoveryUrl, signal }),
    );
    return {
      tokenUrl: data.token_endpoint,
      revocationUrl: data.revocation_endpoint,
      userInfoUrl: data.userinfo_endpoint,
      keysUrl: data.jwks_uri,
    };
  }
}

function trimmed(url: string): string {
  return url.replace(/\/+$/, '');
}
