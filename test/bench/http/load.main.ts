import autocannon from 'autocannon';
import { answerPlans } from '../program';
import { quantile } from '../report';

/** One call of a caller. */
export interface Call {
  method: 'GET' | 'POST';
  path: string;
  headers: Record<string, string>;
  body?: string;
}

export interface LoadPlan {
  url: string;
  connections: number;
  seconds: number;
  /** Calls a second over all connections; as many as possible when absent. */
  rate?: number;
  /** Spread over the connections, each of which walks through its own again and again. */
  calls: Call[];
}

export interface LoadResult {
  answered: number;
  perSecond: number;
  /** Milliseconds from a call's turn to its answer; at a fixed rate a server that falls behind makes later calls late too. */
  p50: number;
  p95: number;
  p99: number;
  /** Answers that were not 2xx, connections that broke, and calls that were not answered. */
  errors: number;
}

answerPlans(async ({ url, connections, seconds, rate, calls }: LoadPlan): Promise<LoadResult> => {
  const times: number[] = [];
  let next = 0;
  const options: autocannon.Options = {
    url,
    connections,
    duration: seconds,
    ...(rate !== undefined && { overallRate: rate }),
    setupClient: (client) => {
      const own = next++;
      client.setRequests(calls.filter((_call, index) => index % connections === own % connections));
    },
  };
  const { requests, errors, timeouts, non2xx, latency, duration } = await new Promise<autocannon.Result>(
    (resolve, reject) => {
      const running = autocannon(options, (error: Error | null, result) =>
        error ? reject(error) : resolve(result),
      );
      running.on('response', (_client, _status, _bytes, time) => times.push(time));
    },
  );
  return {
    answered: requests.total,
    perSecond: requests.total / duration,
    p50: latency.p50,
    p95: quantile(times, 0.95),
    p99: rate === undefined ? quantile(times, 0.99) : latency.p99,
    errors: errors + timeouts + non2xx,
  };
});
