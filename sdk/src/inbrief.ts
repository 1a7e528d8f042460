import type { Client } from 'openapi-fetch';
import { Auth } from './auth.ts';
import * as resources from './generated/resources.ts';
import type { paths } from './generated/schema.ts';
import { Http } from './http/http.ts';
import { defaultRetryPolicy, type RetryPolicy } from './http/retry.ts';
import { type Credentials, transport } from './http/transport.ts';
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
export class Inbrief {
  readonly auth: Auth;
  readonly secondFactor: resources.SecondFactorResource;
  readonly sessions: resources.SessionsResource;
  readonly apiKeys: resources.ApiKeysResource;
  readonly users: resources.UsersResource;
  readonly gmail: resources.GmailResource;
  readonly email: resources.EmailResource;
  readonly summaries: resources.SummariesResource;
  readonly billing: resources.BillingResource;
  readonly jobs: resources.JobsResource;
  readonly runs: Runs;
  readonly dashboard: resources.DashboardResource;
  readonly admin: resources.AdminResource;
  readonly health: resources.HealthResource;
  /** The typed client underneath (openapi-fetch), for an answer's headers: it throws and retries just the same. */
  readonly api: Client<paths>;

  constructor(options: InbriefOptions = {}) {
    const session = new Session(
      options.tokens ?? memoryTokens(),
      (refreshToken) => this.auth.refresh({ refreshToken }),
      options.onSignedOut ?? (() => undefined),
    );
    const { apiKey } = options;
    const caller: Credentials =
      apiKey === undefined ? session : { accessToken: () => Promise.resolve(apiKey) };
    const http = httpOf(options, caller);
    this.auth = new Auth(http, session);
    this.secondFactor = new resources.SecondFactorResource(http);
    this.sessions = new resources.SessionsResource(http);
    this.apiKeys = new resources.ApiKeysResource(http);
    this.users = new resources.UsersResource(http);
    this.gmail = new resources.GmailResource(http);
    this.email = new resources.EmailResource(http);
    this.summaries = new resources.SummariesResource(http);
    this.billing = new resources.BillingResource(http);
    this.jobs = new resources.JobsResource(http);
    this.runs = new Runs(http);
    this.dashboard = new resources.DashboardResource(http);
    this.admin = new resources.AdminResource(http);
    this.health = new resources.HealthResource(http);
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
