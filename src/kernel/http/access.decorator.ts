import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import { ApiProblem } from './api-problem.decorator';
import type { ServiceScope } from './service-scope';

/** Who may call a route: anybody, a signed-in user, an administrator, or a machine with its own proof. */
export type AccessLevel = 'public' | 'user' | 'admin' | 'service';

export const ACCESS_LEVEL = 'inbrief:access-level';
export const SERVICE_SCOPE = 'inbrief:service-scope';

/** Names of the security schemes in the OpenAPI document. */
export const securitySchemes = { user: 'accessToken', admin: 'adminToken', service: 'serviceKey' } as const;

/**
 * States who may call a route, or every route of a controller; the method's word goes before the class's. A route for
 * machines also states the scope that their key must have.
 */
export function Access(level: 'public' | 'user' | 'admin'): ClassDecorator & MethodDecorator;
export function Access(level: 'service', scope: ServiceScope): ClassDecorator & MethodDecorator;
export function Access(level: AccessLevel, scope?: ServiceScope): ClassDecorator & MethodDecorator {
  const stated = [
    SetMetadata(ACCESS_LEVEL, level),
    SetMetadata(SERVICE_SCOPE, scope),
    ApiProblem(429, 'Too many calls: see Retry-After.'),
  ];
  if (level === 'public') return applyDecorators(...stated);
  return applyDecorators(
    ...stated,
    ApiBearerAuth(securitySchemes[level]),
    ApiProblem(401, 'No valid credentials.'),
    ApiProblem(403, 'The credentials do not allow this.'),
  );
}
