/** One message of a text/event-stream. */
export interface ServerEvent {
  /** `message` where the server names none. */
  type: string;
  /** Where to go on after a broken connection; empty before the server named a place. */
  id: string;
  data: string;
}

/**
 * Reads text/event-stream as the HTML standard says, from chunks that may end anywhere: lines end in LF, CR or CRLF, a blank
 * line ends an event, an event without data is none, an id stays until the next one.
 */
export class EventParser {
  /** Milliseconds that the server asks to wait before a reconnection; undefined until it does. */
  retryMs: number | undefined;
  private readonly decoder = new TextDecoder();
  private rest = '';
  private id = '';
  private type = '';
  private data: string[] = [];

  /** The events that end in this chunk. */
  push(chunk: Uint8Array): ServerEvent[] {
    const text = this.rest + this.decoder.decode(chunk, { stream: true });
    // A CR at the very end may be the first half of a CRLF.
    const held = text.endsWith('\r') ? '\r' : '';
    const lines = text.slice(0, text.length - held.length).split(/\r\n|\n|\r/);
    this.rest = (lines.pop() ?? '') + held;
    return lines.flatMap((line) => this.line(line) ?? []);
  }

  private line(line: string): ServerEvent | undefined {
    if (line === '') return this.dispatch();
    const [, field = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === 'data') this.data.push(value);
    else if (field === 'event') this.type = value;
    else if (field === 'id' && !value.includes('\0')) this.id = value;
    else if (field === 'retry' && /^\d+$/.test(value)) this.retryMs = Number(value);
    return undefined;
  }

  private dispatch(): ServerEvent | undefined {
    const event = { type: this.type || 'message', id: this.id, data: this.data.join('\n') };
    const isEmpty = this.data.length === 0;
    this.type = '';
    this.data = [];
    return isEmpty ? undefined : event;
  }
}
