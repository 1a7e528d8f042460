import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import { ApiProblem } from './api-problem.decorator';

/** Who may call a route: anybody, a signed-in user, an administrator, or a machine with its own proof. */
export type AccessLevel = 'public' | 'user' | 'admin' | 'service';

export const ACCESS_LEVEL = 'inbrief:access-level';

/** Names of the security schemes in the OpenAPI document. */
export const securitySchemes = { user: 'accessToken', admin: 'accessToken', service: 'serviceKey' } as const;

/** States who may call a route, or every route of a controller; the method's word goes before the class's. */
export function Access(level: AccessLevel): ClassDecorator & MethodDecorator {
  const stated = [SetMetadata(ACCESS_LEVEL, level), ApiProblem(429, 'Too many calls: see Retry-After.')];
  if (level === 'public') return applyDecorators(...stated);
  return applyDecorators(
    ...stated,
    ApiBearerAuth(securitySchemes[level]),
    ApiProblem(401, 'No valid credentials.'),
    ApiProblem(403, 'The credentials do not allow this.'),
  );
}
