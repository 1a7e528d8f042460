import { DomainError } from '../errors/domain-error';

/** Who a statement acts as: one tenant, or the system for a stated reason. */
export type Identity =
  | { readonly role: 'inbrief_user'; readonly userId: string }
  | { readonly role: 'inbrief_service'; readonly reason: string };

/**
 * Begins a transaction that acts as this identity to its end, behind a transaction-mode pooler too: one message, without an answer of
 * rows to read. @throws Error for a user id that is no UUID.
 */
export function beginAs(identity: Identity): string {
  const userId = identity.role === 'inbrief_user' ? identity.userId : '';
  if (!/^[0-9a-f-]*$/i.test(userId)) throw new Error("A user's id is a UUID");
  return `begin; set local role ${identity.role}; set local app.user_id = '${userId}'`;
}

/** Data was touched outside of `asUser` and `asService`: a fault of the program, never of a caller. */
export class NoUnitOfWork extends DomainError {
  constructor() {
    super('internal', 'kernel.no-unit-of-work', 'Data was touched outside of a unit of work');
  }
}
