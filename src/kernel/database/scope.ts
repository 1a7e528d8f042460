import { AsyncLocalStorage } from 'node:async_hooks';
import type { Identity } from './rls-context';
import type { RlsTransaction } from './rls-transaction';

/** A unit of work: who acts, and where the statements go. */
export interface Scope {
  readonly identity: Identity;
  /** Absent where each statement is a transaction of its own. */
  readonly transaction?: RlsTransaction;
  readonly afterCommit: (() => void)[];
}

/** One store for all of it: whatever is awaited carries each of a process's stores along. */
export const scopes = new AsyncLocalStorage<Scope>();
