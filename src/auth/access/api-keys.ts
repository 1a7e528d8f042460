import { Injectable } from '@nestjs/common';
import { hashOpaqueToken } from '../../kernel/crypto/opaque-token';
import { DomainError } from '../../kernel/errors/domain-error';
import type { AuthenticatedRequest, Principal } from '../../kernel/http/principal';
import { ApiKeyRepository } from '../api-key.repository';
import { scopeOf } from '../domain/api-scope';

/** What every key begins with, for people and for scanners of leaked secrets. */
export const apiKeyPrefix = 'ibk_';

const keyShape = /^Bearer (ibk_[\w-]{43})$/i;

/** Lets API keys into the routes that their scopes name. */
@Injectable()
export class ApiKeys {
  constructor(private readonly keys: ApiKeyRepository) {}

  /** The API key a call comes with, if it comes with one. */
  keyOf(request: AuthenticatedRequest): string | undefined {
    return keyShape.exec(request.headers.authorization ?? '')?.[1];
  }

  /**
   * Whom the key speaks for, never as an administrator.
   * @throws DomainError `auth.unauthenticated`; `auth.scope-missing` (forbidden) where none of its scopes fits the route.
   */
  async authenticate(key: string, request: AuthenticatedRequest): Promise<Principal> {
    const bearer = await this.keys.findBearer(hashOpaqueToken(key));
    if (!bearer)
      throw new DomainError('unauthenticated', 'auth.unauthenticated', 'This API key is not valid.');
    const needed = scopeOf(request.method, request.routeOptions.url ?? '');
    if (!needed || !bearer.scopes.includes(needed))
      throw new DomainError('forbidden', 'auth.scope-missing', 'This API key is not for this route.');
    return { userId: bearer.userId, sessionId: bearer.id, role: 'user', scopes: bearer.scopes };
  }
}
