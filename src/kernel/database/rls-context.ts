import { DomainError } from '../errors/domain-error';

/** Who a statement acts as: one tenant, or the system for a stated reason. */
export type Identity =
  | { readonly role: 'inbrief_user'; readonly userId: string }
  | { readonly role: 'inbrief_service'; readonly reason: string };

/** Enters the identity for the rest of the transaction; one statement, safe behind a transaction-mode pooler. */
export const enterIdentity = `select set_config('role', $1, true), set_config('app.user_id', $2, true)`;

/** Parameters of `enterIdentity`. */
export function identityParameters(identity: Identity): [role: string, userId: string] {
  return [identity.role, identity.role === 'inbrief_user' ? identity.userId : ''];
}

/** Data was touched outside of `asUser` and `asService`: a fault of the program, never of a caller. */
export class NoUnitOfWork extends DomainError {
  constructor() {
    super('internal', 'kernel.no-unit-of-work', 'Data was touched outside of a unit of work');
  }
}
