import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { OAuth2Client } from 'google-auth-library';
import { EnvDto } from '../../kernel/config/env.dto';
import { DomainError } from '../../kernel/errors/domain-error';
import { GoogleEndpoints } from './google-endpoints';
import { googleTransport } from './google-transport';
import { GoogleUpstream } from './google-upstream';

const issuers = ['https://accounts.google.com', 'accounts.google.com'];
const longestKeyLifeMs = 6 * 3_600_000;
/** Google publishes a key well before it signs with it: an unknown one is worth no more than a look a minute, ms. */
const betweenLooksMs = 60_000;

interface Keys {
  pems: Record<string, string>;
  readAt: number;
  until: number;
}

/** Checks that a push comes from our Pub/Sub subscription: Google's signature, our audience, our service account. */
@Injectable()
export class PushTokenVerifier {
  private readonly transport = googleTransport();
  private readonly client = new OAuth2Client();
  private readonly audience: string;
  private keys: Keys | undefined;

  constructor(
    private readonly env: EnvDto,
    private readonly endpoints: GoogleEndpoints,
    private readonly upstream: GoogleUpstream,
  ) {
    this.audience = env.GMAIL_PUSH_AUDIENCE ?? `${env.PUBLIC_URL}/api/gmail/push`;
  }

  /** @throws DomainError `gmail.push-refused` (unauthenticated), or a retryable one while Google's keys cannot be read. */
  async verify(authorization: string | undefined): Promise<void> {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
    const account = this.env.GMAIL_PUSH_SERVICE_ACCOUNT;
    if (token === undefined || account === undefined) throw refused();
    const pems = await this.pemsFor(keyIdOf(token));
    const ticket = await this.client
      .verifySignedJwtWithCertsAsync(token, pems, this.audience, issuers)
      .catch(() => undefined);
    const claims = ticket?.getPayload();
    if (claims?.email !== account || claims.email_verified !== true) throw refused();
  }

  private async pemsFor(keyId: string): Promise<Record<string, string>> {
    const known = this.keys;
    const stale = !known || known.until < Date.now();
    const unknown = !!known && !(keyId in known.pems) && known.readAt < Date.now() - betweenLooksMs;
    if (known && !stale && !unknown) return known.pems;
    this.keys = await this.readKeys();
    return this.keys.pems;
  }

  private async readKeys(): Promise<Keys> {
    const { keysUrl } = await this.endpoints.oauth();
    const answer = await this.upstream.oauth('keys', 'other', (signal) =>
      this.transport.request<{ keys: (JsonWebKey & { kid: string })[] }>({ url: keysUrl, signal }),
    );
    const maxAge = /max-age=(\d+)/.exec(answer.headers.get('cache-control') ?? '')?.[1];
    const lifeMs = Math.min(longestKeyLifeMs, Number(maxAge ?? 300) * 1000);
    const pems = Object.fromEntries(answer.data.keys.map((key) => [key.kid, pemOf(key)]));
    return { pems, readAt: Date.now(), until: Date.now() + lifeMs };
  }
}

function pemOf(key: JsonWebKey): string {
  return createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString();
}

function keyIdOf(token: string): string {
  try {
    const header = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as {
      kid?: unknown;
    };
    return typeof header.kid === 'string' ? header.kid : '';
  } catch {
    return '';
  }
}

function refused(): DomainError {
  return new DomainError('unauthenticated', 'gmail.push-refused', 'This is no push of our subscription');
}
