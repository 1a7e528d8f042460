import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { DomainError } from '../../kernel/errors/domain-error';
import { ACCESS_LEVEL, type AccessLevel } from '../../kernel/http/access.decorator';
import { type AuthenticatedRequest, principalOf } from '../../kernel/http/principal';
import { identifyRequest } from '../../kernel/http/request-context';
import { AccessTokenStrategy } from './access-token.strategy';
import { ApiKeys } from './api-keys';
import { ServiceKey } from './service-key';

/**
 * Stands before every route and enforces the level it states; a route that states none is closed. Leaves the caller on
 * the request as `Principal`.
 * @throws DomainError `auth.unauthenticated`; `auth.forbidden`; `auth.scope-missing` (forbidden) for an API key.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly bearer: CanActivate;

  constructor(
    private readonly reflector: Reflector,
    private readonly serviceKey: ServiceKey,
    private readonly apiKeys: ApiKeys,
    strategy: AccessTokenStrategy,
  ) {
    this.bearer = new (AuthGuard(strategy.guardName))();
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const level = this.reflector.getAllAndOverride<AccessLevel | undefined>(ACCESS_LEVEL, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (level === 'public') return true;
    if (level === 'service') this.admitService(context);
    else if (level === 'user' || level === 'admin') await this.admitPerson(context, level);
    else throw forbidden();
    return true;
  }

  private admitService(context: ExecutionContext): void {
    const { authorization } = context.switchToHttp().getRequest<AuthenticatedRequest>().headers;
    if (!this.serviceKey.matches(authorization))
      throw new DomainError('unauthenticated', 'auth.unauthenticated', 'A service key is needed.');
    identifyRequest({ role: 'service' });
  }

  private async admitPerson(context: ExecutionContext, level: 'user' | 'admin'): Promise<void> {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const apiKey = this.apiKeys.keyOf(request);
    if (apiKey === undefined) await this.bearer.canActivate(context);
    else request.user = await this.apiKeys.authenticate(apiKey, request);
    const principal = principalOf(context);
    identifyRequest(principal);
    if (level === 'admin' && principal.role !== 'admin') throw forbidden();
  }
}

function forbidden(): DomainError {
  return new DomainError('forbidden', 'auth.forbidden', 'The credentials do not allow this.');
}
