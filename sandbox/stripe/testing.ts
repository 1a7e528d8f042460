import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { type RunningEmulator } from '../emulator/emulator';

/** The vendor's own SDK, pointed at a running emulator, with its retries off. */
export function sdkFor(emulator: RunningEmulator, key = 'sk_test_sandbox'): Stripe {
  const { hostname, port } = new URL(emulator.url);
  return new Stripe(key, { host: hostname, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false });
}

/** Calls the control endpoint and answers its JSON. Throws when it refuses. */
export async function control<T = unknown>(
  emulator: RunningEmulator,
  path: string,
  body: object = {},
): Promise<T> {
  const response = await fetch(`${emulator.url}/__control/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

/** A purchase as the application makes it. */
export const purchase: Stripe.Checkout.SessionCreateParams = {
  mode: 'payment',
  success_url: 'http://localhost:3000/paid?session={CHECKOUT_SESSION_ID}',
  cancel_url: 'http://localhost:3000/cancelled',
  line_items: [
    {
      quantity: 1,
      price_data: { currency: 'usd', unit_amount: 1_500, product_data: { name: '500 credits' } },
    },
  ],
  metadata: { userId: 'user-1', package: 'starter' },
  payment_intent_data: { metadata: { userId: 'user-1' } },
};

/** A webhook as it arrived: its raw body and its signature. */
export interface Received {
  body: string;
  signature: string;
  event: Stripe.Event;
}

/** An endpoint that takes webhooks; set `status` to play one that fails. */
export class Receiver {
  readonly received: Received[] = [];
  status = 200;
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<Receiver> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        const signature = String(request.headers['stripe-signature']);
        receiver.received.push({ body, signature, event: JSON.parse(body) as Stripe.Event });
        response.writeHead(receiver.status).end();
      });
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const { port } = server.address() as AddressInfo;
    const receiver = new Receiver(server, `http://127.0.0.1:${port}/webhook`);
    return receiver;
  }

  types(): string[] {
    return this.received.map(({ event }) => event.type);
  }

  /** Waits until so many have arrived. Throws after two seconds. */
  async count(wanted: number): Promise<void> {
    for (let waited = 0; this.received.length < wanted; waited += 10) {
      if (waited > 2_000) throw new Error(`${this.received.length} of ${wanted} webhooks arrived`);
      await new Promise((wake) => setTimeout(wake, 10));
    }
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(() => done()));
  }
}
