import type { Client } from 'openapi-fetch';
import { Auth } from './auth.ts';
import { Resources } from './generated/resources.ts';
import type { paths } from './generated/schema.ts';
import { Http } from './http/http.ts';
import { defaultRetryPolicy, type RetryPolicy } from './http/retry.ts';
import { type Credentials, transport } from './http/transport.ts';
import { Jobs } from './jobs.ts';
import { Runs } from './runs.ts';
import { Session } from './session.ts';
import { memoryTokens, type TokenStore } from './tokens.ts';

export interface InbriefOptions {
  /** Where the API is, such as `https://inbrief.example`; in a browser the page's own origin when left out. */
  baseUrl?: string;
  /** Calls with this key instead of a signed-in user. */
  apiKey?: string;
  /** Where a signed-in user's tokens live. Default: in memory. */
  tokens?: TokenStore;
  /** Told when the server ended the session: time to sign in again. */
  onSignedOut?: () => void;
  retry?: Partial<RetryPolicy>;
  /** Milliseconds to wait for the head of an answer. Default 30,000. */
  timeoutMs?: number;
  /** Default: the global one. */
  fetch?: (request: Request) => Promise<Response>;
}

/**
 * The Inbrief API. A group per resource, a method per operation, both named as in the API's document; each resolves with the
 * answer's body or throws an `InbriefProblem`.
 */
export class Inbrief extends Resources {
  override readonly auth: Auth;
  override readonly jobs: Jobs;
  override readonly runs: Runs;
  /** The typed client underneath (openapi-fetch), for an answer's headers: it throws and retries just the same. */
  readonly api: Client<paths>;

  constructor(options: InbriefOptions = {}) {
    const session: Session = new Session(
      options.tokens ?? memoryTokens(),
      (refreshToken) => this.auth.refresh({ refreshToken }),
      options.onSignedOut ?? (() => undefined),
    );
    const { apiKey } = options;
    const http = httpOf(
      options,
      apiKey === undefined ? session : { accessToken: () => Promise.resolve(apiKey) },
    );
    super(http);
    this.auth = new Auth(http, session);
    this.jobs = new Jobs(http);
    this.runs = new Runs(http);
    this.api = http.client;
  }
}

function httpOf(options: InbriefOptions, caller: Credentials): Http {
  const common = {
    fetch: options.fetch ?? ((request: Request) => fetch(request)),
    retry: { ...defaultRetryPolicy, ...options.retry },
    timeoutMs: options.timeoutMs ?? 30_000,
  };
  const nobody: Credentials = { accessToken: () => Promise.resolve(undefined) };
  return new Http(
    options.baseUrl ?? '',
    transport({ ...common, credentials: caller }),
    transport({ ...common, credentials: nobody }),
  );
}
