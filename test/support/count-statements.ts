import { Client } from 'pg';

type Query = (this: { user?: string }, statement: unknown, ...rest: unknown[]) => unknown;

const frame = /^(begin|commit|rollback)\b/i;

/**
 * Counts what the application's login sends through `pg` in this process: statements, without the frame that a unit of work puts
 * around them. Loops of the application ask at their own times, so those statements are to be named in `except`.
 */
export function countStatements(except: RegExp): { take(): string[]; stop(): void } {
  let sent: string[] = [];
  const prototype = Client.prototype as unknown as { query: Query };
  const { query } = prototype;
  prototype.query = function (statement, ...rest) {
    const text = typeof statement === 'string' ? statement : (statement as { text?: string }).text;
    if (this.user === 'inbrief_app' && text !== undefined && !frame.test(text) && !except.test(text))
      sent.push(text);
    return query.call(this, statement, ...rest);
  };
  return {
    take: () => {
      const taken = sent;
      sent = [];
      return taken;
    },
    stop: () => {
      prototype.query = query;
    },
  };
}
