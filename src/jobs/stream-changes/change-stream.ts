import { Readable } from 'node:stream';
import type { Principal } from '../../kernel/http/principal';
import type { ChangePosition } from './change-position';

/** An event as it goes over the wire; `data` becomes JSON. */
export interface StreamEvent {
  readonly type: 'open' | 'job' | 'run' | 'end';
  readonly data: object;
  /** What a caller comes back with to go on behind this event. */
  readonly id?: string;
}

/** Milliseconds that a caller waits before it comes back. */
const retryMs = 2_000;

/**
 * One caller's open stream. It stands at a place in the order of changes and moves on as its reader reads: what a slow reader
 * has not taken stays in the database.
 */
export class ChangeStream extends Readable {
  private full = false;
  private wasFull = false;

  constructor(
    readonly id: string,
    readonly caller: Pick<Principal, 'userId' | 'sessionId'>,
    public position: ChangePosition,
  ) {
    super();
    this.push(`retry: ${retryMs}\n`);
  }

  override _read(): void {
    this.full = false;
  }

  /** Whether there is room for more. */
  get listens(): boolean {
    return !this.full && !this.destroyed && !this.readableEnded;
  }

  tell({ type, data, id }: StreamEvent): void {
    const head = id === undefined ? '' : `id: ${id}\n`;
    this.write(`${head}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** A comment, so that nobody in between takes the silence for death; a reader that took nothing since the last one is gone. */
  beat(): void {
    if (this.full && this.wasFull) this.destroy();
    else this.write(': beat\n\n');
    this.wasFull = this.full;
  }

  /** Ends after what was told; `reason` tells the caller not to come back. */
  finish(reason?: 'superseded' | 'session-ended'): void {
    if (reason) this.tell({ type: 'end', data: { reason } });
    this.push(null);
  }

  private write(text: string): void {
    if (this.destroyed || this.readableEnded) return;
    this.full = !this.push(text);
  }
}
