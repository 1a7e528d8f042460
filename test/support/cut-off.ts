import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A wire to a database that can be cut: what hangs on it gets no answer any more, which is worse than a refusal. */
export class Wire {
  private readonly sockets = new Set<Socket>();
  private isCut = false;
  private readonly server = createServer((near) => {
    const far = connect(this.port, this.host);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(from);
      from.on('data', (bytes) => {
        if (!this.isCut) to.write(bytes);
      });
      from.on('close', () => to.destroy());
      from.on('error', () => to.destroy());
    }
  });

  private constructor(
    private readonly host: string,
    private readonly port: number,
  ) {}

  /** @returns the wire, and the address by which its other end is reached. */
  static async to(address: string): Promise<{ wire: Wire; url: string }> {
    const url = new URL(address);
    const wire = new Wire(url.hostname, Number(url.port));
    wire.server.listen(0, '127.0.0.1');
    await once(wire.server, 'listening');
    url.hostname = '127.0.0.1';
    url.port = String((wire.server.address() as AddressInfo).port);
    return { wire, url: url.href };
  }

  cut(): void {
    this.isCut = true;
  }

  mend(): void {
    this.isCut = false;
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
  }

  close(): void {
    this.mend();
    this.server.close();
  }
}
