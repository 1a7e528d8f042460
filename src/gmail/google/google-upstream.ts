import { Injectable, Optional } from '@nestjs/common';
import { DomainError } from '../../kernel/errors/domain-error';
import { measureUpstream } from '../../kernel/observability/instruments';
import { Metrics } from '../../kernel/observability/metrics';
import { upstreamDefaults, type UpstreamOptions } from '../../kernel/resilience/upstream-options';
import { UpstreamPolicy } from '../../kernel/resilience/upstream-policy';
import { faultOf } from './google-fault';
import { type CallTarget, parseGoogleError } from './parse-google-error';

type Work<T> = (signal: AbortSignal) => Promise<T>;

/** Mailboxes share the API's policy: an outage is Google's, whoever notices it first. */
const api: UpstreamOptions = {
  ...upstreamDefaults,
  upstream: 'gmail',
  timeoutMs: 20_000,
  deadlineMs: 90_000,
  attempts: 5,
  maxRetryAfterMs: 30_000,
  bulkhead: { concurrency: 40, queue: 1_000 },
  parse: (error) => parseAs('other', error),
};
const oauth: UpstreamOptions = {
  ...upstreamDefaults,
  upstream: 'google-oauth',
  parse: (error) => parseAs('token', error),
};

/** The two upstreams that Google is to us, each under its own policy. Errors come out as `parseGoogleError` says. */
@Injectable()
export class GoogleUpstream {
  private readonly apiPolicy: UpstreamPolicy;
  private readonly oauthPolicy: UpstreamPolicy;
  private readonly oncePolicy: UpstreamPolicy;

  constructor(@Optional() metrics?: Metrics) {
    const measured = metrics && measureUpstream(metrics);
    this.apiPolicy = new UpstreamPolicy({ ...this.limited(api), ...measured });
    this.oauthPolicy = new UpstreamPolicy({ ...this.limited(oauth), ...measured });
    this.oncePolicy = new UpstreamPolicy({ ...this.limited(oauth), ...measured, attempts: 1 });
  }

  /** The limits of an upstream, for whoever runs against one that answers at other speeds. */
  protected limited(options: UpstreamOptions): UpstreamOptions {
    return options;
  }

  /** The Gmail API. */
  api<T>(operation: string, target: CallTarget, work: Work<T>): Promise<T> {
    return run(this.apiPolicy, operation, target, work);
  }

  /** OAuth and identity. */
  oauth<T>(operation: string, target: CallTarget, work: Work<T>): Promise<T> {
    return run(this.oauthPolicy, operation, target, work);
  }

  /** OAuth calls whose repetition would fail although the first one worked. */
  oauthOnce<T>(operation: string, target: CallTarget, work: Work<T>): Promise<T> {
    return run(this.oncePolicy, operation, target, work);
  }
}

function run<T>(policy: UpstreamPolicy, operation: string, target: CallTarget, work: Work<T>): Promise<T> {
  return policy.run(operation, async (signal) => {
    try {
      return await work(signal);
    } catch (error) {
      throw parseAs(target, error);
    }
  });
}

function parseAs(target: CallTarget, error: unknown): DomainError {
  return error instanceof DomainError ? error : parseGoogleError(faultOf(error), target, Date.now());
}
