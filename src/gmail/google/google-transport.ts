import { gaxios } from 'google-auth-library';
import { upstreamFetch } from '../../kernel/resilience/upstream-fetch';

/** Milliseconds after which a call that nobody cancelled is given up. */
const timeoutMs = 20_000;

/**
 * The SDK's transport, over connections that are kept alive. Retries are switched off even where the
 * SDK asks for them by itself: `UpstreamPolicy` owns them.
 */
export function googleTransport(): gaxios.Gaxios {
  const transport = new gaxios.Gaxios({ fetchImplementation: upstreamFetch, timeout: timeoutMs });
  transport.interceptors.request.add({
    resolved: (config) => {
      config.retry = false;
      delete config.retryConfig;
      return Promise.resolve(config);
    },
  });
  return transport;
}
