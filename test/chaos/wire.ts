import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

interface Pair {
  client: Socket;
  server: Socket;
}

/**
 * A stretch of network between the application and something it talks to: forwards TCP until a fault is put on it. With
 * more than one target it is the load balancer: connections go round, and past a target that refuses.
 */
export class Wire {
  private readonly pairs = new Set<Pair>();
  private readonly stranded = new Set<Socket>();
  private delayMs = 0;
  private isCut = false;
  private turn = 0;

  private constructor(
    private readonly listener: Server,
    readonly port: number,
    private readonly targets: number[],
  ) {
    listener.on('connection', (client) => void this.join(client));
  }

  static async to(...targets: number[]): Promise<Wire> {
    const listener = createServer({ noDelay: true });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const address = listener.address();
    if (address === null || typeof address === 'string') throw new Error('A listening server has a port');
    return new Wire(listener, address.port, targets);
  }

  /** The same URL, over this wire. */
  through(url: string): string {
    const over = new URL(url);
    over.port = String(this.port);
    return over.toString().replace(/\/$/, '');
  }

  /** Breaks every connection, and refuses new ones for so long. */
  async cut(forMs: number): Promise<void> {
    this.isCut = true;
    for (const { client, server } of this.pairs) {
      client.destroy();
      server.destroy();
    }
    await sleep(forMs);
    this.isCut = false;
  }

  /** Every packet takes so much longer. */
  async slow(delayMs: number, forMs: number): Promise<void> {
    this.delayMs = delayMs;
    await sleep(forMs);
    this.delayMs = 0;
  }

  /** The far end of every connection is gone, and the near end is never told. New connections are as good as ever. */
  halfOpen(): void {
    for (const pair of this.pairs) {
      this.pairs.delete(pair);
      this.stranded.add(pair.client);
      pair.client.removeAllListeners('data').resume();
      pair.server.removeAllListeners().on('error', () => undefined);
      pair.server.destroy();
    }
  }

  async close(): Promise<void> {
    for (const { client, server } of this.pairs) {
      client.destroy();
      server.destroy();
    }
    for (const socket of this.stranded) socket.destroy();
    await new Promise((resolve) => this.listener.close(resolve));
  }

  private async join(client: Socket): Promise<void> {
    client.on('error', () => client.destroy());
    if (this.isCut) {
      client.destroy();
      return;
    }
    client.pause();
    const server = await this.reach();
    if (!server || client.destroyed) {
      client.destroy();
      server?.destroy();
      return;
    }
    const pair = { client, server };
    this.pairs.add(pair);
    server.on('error', () => server.destroy());
    this.forward(client, server);
    this.forward(server, client);
    for (const socket of [client, server])
      socket.once('close', () => {
        if (!this.pairs.delete(pair)) return;
        client.destroy();
        server.destroy();
      });
    client.resume();
  }

  private async reach(): Promise<Socket | undefined> {
    const first = this.turn++ % this.targets.length;
    for (const port of [...this.targets.slice(first), ...this.targets.slice(0, first)]) {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      const reached = await new Promise<boolean>((resolve) => {
        socket.once('connect', () => resolve(true));
        socket.once('error', () => resolve(false));
      });
      if (reached) return socket;
      socket.destroy();
    }
    return undefined;
  }

  private forward(from: Socket, to: Socket): void {
    let last = Promise.resolve();
    from.on('data', (chunk: Buffer) => {
      if (this.delayMs === 0) {
        void last.then(() => to.write(chunk));
        return;
      }
      const { delayMs } = this;
      last = last.then(() => sleep(delayMs)).then(() => undefined);
      void last.then(() => to.write(chunk));
    });
    from.once('end', () => void last.then(() => to.end()));
  }
}
