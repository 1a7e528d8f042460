import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { DomainError } from '../../kernel/errors/domain-error';
import { ACCESS_LEVEL, type AccessLevel, SERVICE_SCOPE } from '../../kernel/http/access.decorator';
import { type AuthenticatedRequest, principalOf } from '../../kernel/http/principal';
import { identifyRequest } from '../../kernel/http/request-context';
import { ServiceKeys } from '../../kernel/http/service-keys';
import type { ServiceScope } from '../../kernel/http/service-scope';
import { AccessTokenStrategy } from './access-token.strategy';
import { ApiKeys } from './api-keys';
import { VerifiedTokens } from './verified-tokens';

/**
 * Stands before every route and enforces the level it states; a route that states none is closed. Leaves the caller on
 * the request as `Principal`.
 * @throws DomainError `auth.unauthenticated`; `auth.forbidden`; `auth.scope-missing` (forbidden) for a key.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly bearer: CanActivate;
  private readonly levels = new WeakMap<object, AccessLevel | 'none'>();

  constructor(
    private readonly reflector: Reflector,
    private readonly serviceKeys: ServiceKeys,
    private readonly apiKeys: ApiKeys,
    private readonly strategy: AccessTokenStrategy,
    private readonly verified: VerifiedTokens,
  ) {
    this.bearer = new (AuthGuard(strategy.guardName))();
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const level = this.levelOf(context);
    if (level === 'public') return true;
    if (level === 'service') this.admitService(context);
    else if (level === 'user' || level === 'admin') await this.admitPerson(context, level);
    else throw forbidden();
    return true;
  }

  private admitService(context: ExecutionContext): void {
    const { authorization } = context.switchToHttp().getRequest<AuthenticatedRequest>().headers;
    const scope = this.stated(SERVICE_SCOPE, context) as ServiceScope | undefined;
    if (!scope) throw forbidden();
    this.serviceKeys.admit(authorization, scope);
    identifyRequest({ role: 'service' });
  }

  /** What a route states does not change; looking it up costs as much as a signature. */
  private levelOf(context: ExecutionContext): AccessLevel | 'none' {
    const handler = context.getHandler();
    const known = this.levels.get(handler);
    if (known) return known;
    const level = (this.stated(ACCESS_LEVEL, context) as AccessLevel | undefined) ?? 'none';
    this.levels.set(handler, level);
    return level;
  }

  private stated(what: string, context: ExecutionContext): unknown {
    return this.reflector.getAllAndOverride<unknown>(what, [context.getHandler(), context.getClass()]);
  }

  private async admitPerson(context: ExecutionContext, level: 'user' | 'admin'): Promise<void> {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const apiKey = this.apiKeys.keyOf(request);
    const claims = this.verified.find(request.headers.authorization);
    if (claims) request.user = await this.strategy.principalOf(claims);
    else if (apiKey === undefined) await this.bearer.canActivate(context);
    else request.user = await this.apiKeys.authenticate(apiKey, request);
    const principal = principalOf(context);
    identifyRequest(principal);
    if (level === 'admin' && principal.role !== 'admin') throw forbidden();
  }
}

function forbidden(): DomainError {
  return new DomainError('forbidden', 'auth.forbidden', 'The credentials do not allow this.');
}
