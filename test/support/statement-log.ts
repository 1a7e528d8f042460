import { appendFileSync } from 'node:fs';
import { Client } from 'pg';

/** A statement of the application, and the role that sent it. */
export interface SentStatement {
  role: string;
  sql: string;
}

type Query = (this: LoggedClient, statement: unknown, values?: unknown[]) => unknown;
interface LoggedClient {
  user?: string;
  enteredRole?: string;
}

/**
 * Appends every statement that the login role sends through `pg` to a file of JSON lines, with the role it acts as. Returns
 * what puts `pg` back. Told by the environment (`npm run release:queries`), so that specs need not know.
 */
export function logStatements(file = process.env.INBRIEF_STATEMENT_LOG): () => void {
  if (!file) return () => undefined;
  const prototype = Client.prototype as unknown as { query: Query };
  const query = prototype.query;
  prototype.query = function (statement, values) {
    const text = textOf(statement);
    if (this.user === 'inbrief_app' && text) {
      const [, entered] = /^begin; set local role (\w+)/.exec(text) ?? [];
      if (entered) this.enteredRole = entered;
      else if (this.enteredRole) write(file, { role: this.enteredRole, sql: text });
    }
    return query.call(this, statement, values);
  };
  return () => {
    prototype.query = query;
  };
}

const textOf = (statement: unknown): string | undefined =>
  typeof statement === 'string' ? statement : (statement as { text?: string }).text;

function write(file: string, statement: SentStatement): void {
  appendFileSync(file, `${JSON.stringify(statement)}\n`);
}
