import { DatabaseError } from 'pg';

/** SQLSTATE of the database's function `refuse`. */
const refused = 'IB409';

/** Whether a statement failed because it called `refuse`, and not by a fault. */
export function isRefusal(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === refused;
}
