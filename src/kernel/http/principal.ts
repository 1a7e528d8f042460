import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../errors/domain-error';

/** Who is calling, as the access guard found out. */
export interface Principal {
  readonly userId: string;
  readonly sessionId: string;
  /** From the database at the time of the call, not from the token. */
  readonly role: 'user' | 'admin';
  /** Of what this user's screens are made of, from the database as well: it changes with any of it. Absent where nobody asked. */
  readonly version?: string;
  /** Present for an API key: the only things it may do. */
  readonly scopes?: readonly string[];
}

/** A request behind the access guard; Passport's name for the property is kept. */
export interface AuthenticatedRequest extends FastifyRequest {
  user?: Principal;
}

/** The caller of this request. @throws DomainError `auth.unauthenticated` when nobody was authenticated. */
export function principalOf(context: ExecutionContext): Principal {
  const { user } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!user)
    throw new DomainError('unauthenticated', 'auth.unauthenticated', 'Valid credentials are needed.');
  return user;
}

/** Gives a controller method the `Principal`. */
export const CurrentUser = createParamDecorator((_data: undefined, context: ExecutionContext) =>
  principalOf(context),
);
