import type Stripe from 'stripe';
import { type Endpoint } from './endpoint';
import { signatureHeader } from './signature';

/** What becomes of the deliveries to come. */
export interface DeliveryPolicy {
  /**
   * `deliver` sends; `hold` keeps until released; `drop` never arrives and the vendor knows it, so that the event is
   * listed with `delivery_success=false`; `lose` never arrives although the vendor believes it did.
   */
  mode: 'deliver' | 'hold' | 'drop' | 'lose';
  /** How often each delivery is sent, all at once. Default 1. */
  copies: number;
  /** Each one waits for a random part of this time, in milliseconds, so that their order is lost. */
  shuffleMs: number;
  /** Waits before the attempts after the first, in milliseconds; their number bounds the retries. */
  retryAfterMs: number[];
  /** How old a signature pretends to be, in seconds. */
  signedAgoSeconds: number;
  /** Signs with a secret that nobody has. */
  forged: boolean;
}

/** One POST to an endpoint; `status` is absent when there was no answer. */
export interface Attempt {
  event: string;
  type: string;
  endpoint: string;
  attempt: number;
  status?: number;
}

interface Delivery {
  event: Stripe.Event;
  endpoint: Endpoint;
}

const answerWithinMs = 10_000;
const attemptLimit = 10_000;

/** Sends events to endpoints: at least once, unordered, with retries, as far as the policy lets it. */
export class Deliveries {
  policy: DeliveryPolicy;
  readonly attempts: Attempt[] = [];
  private held: Delivery[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();
  private running = 0;
  private era = 0;

  constructor(
    private readonly retryAfterMs: number[],
    private readonly now: () => number,
  ) {
    this.policy = this.defaults();
  }

  reset(): void {
    this.era += 1;
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.attempts.length = 0;
    this.held = [];
    this.policy = this.defaults();
  }

  /** Takes over an event for an endpoint that listens to it. */
  send(delivery: Delivery): void {
    const { mode, copies, shuffleMs } = this.policy;
    if (mode === 'hold') this.held.push(delivery);
    if (mode === 'lose') this.arrived(delivery);
    if (mode !== 'deliver') return;
    for (let copy = 0; copy < copies; copy += 1) this.later(Math.random() * shuffleMs, delivery, 1);
  }

  /** Sends what was held, in the order it came, backwards or in a random one; answers how many. */
  release(order: 'fifo' | 'lifo' | 'shuffle' = 'fifo'): number {
    const waiting = order === 'lifo' ? this.held.reverse() : this.held;
    const ranked = waiting.map((delivery) => ({ delivery, rank: order === 'shuffle' ? Math.random() : 0 }));
    ranked.sort((a, b) => a.rank - b.rank);
    this.held = [];
    for (const [index, { delivery }] of ranked.entries()) this.later(index * 5, delivery, 1);
    return ranked.length;
  }

  snapshot(): object {
    const { policy, running } = this;
    const waiting = running + this.timers.size;
    return { policy, held: this.held.length, waiting, attempts: this.attempts };
  }

  private defaults(): DeliveryPolicy {
    const { retryAfterMs } = this;
    return { mode: 'deliver', copies: 1, shuffleMs: 0, retryAfterMs, signedAgoSeconds: 0, forged: false };
  }

  private later(ms: number, delivery: Delivery, attempt: number): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      void this.post(delivery, attempt);
    }, ms).unref();
    this.timers.add(timer);
  }

  private async post(delivery: Delivery, attempt: number): Promise<void> {
    const { era } = this;
    const { event, endpoint } = delivery;
    this.running += 1;
    const status = await this.request(delivery).catch(() => undefined);
    this.running -= 1;
    if (era !== this.era) return;
    this.attempts.push({ event: event.id, type: event.type, endpoint: endpoint.id, attempt, status });
    if (this.attempts.length > attemptLimit) this.attempts.shift();
    if (status !== undefined && status >= 200 && status < 300) {
      this.arrived(delivery);
      return;
    }
    const wait = this.policy.retryAfterMs[attempt - 1];
    if (wait !== undefined) this.later(wait, delivery, attempt + 1);
  }

  private async request({ event, endpoint }: Delivery): Promise<number> {
    const payload = JSON.stringify(event, null, 2);
    const { forged, signedAgoSeconds } = this.policy;
    const timestamp = Math.floor(this.now() / 1_000) - signedAgoSeconds;
    const secrets = forged ? ['whsec_forged'] : endpoint.secrets;
    const response = await fetch(endpoint.wire.url, {
      method: 'POST',
      body: payload,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
        'stripe-signature': signatureHeader(payload, secrets, timestamp),
      },
      redirect: 'manual',
      signal: AbortSignal.timeout(answerWithinMs),
    });
    await response.arrayBuffer();
    return response.status;
  }

  private arrived({ event, endpoint }: Delivery): void {
    const open = awaiting.get(event);
    if (open?.delete(endpoint.id)) event.pending_webhooks = open.size;
  }
}

/** Endpoints that have not taken an event yet, so that a second copy counts only once. */
const awaiting = new WeakMap<Stripe.Event, Set<string>>();

/** Notes which endpoints an event has to reach; `pending_webhooks` counts them down. */
export function expectArrivals(event: Stripe.Event, endpoints: Endpoint[]): void {
  awaiting.set(event, new Set(endpoints.map((endpoint) => endpoint.id)));
  event.pending_webhooks = endpoints.length;
}
