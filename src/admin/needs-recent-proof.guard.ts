import {
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
  Injectable,
  UseGuards,
} from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { RequireRecentProof } from '../auth/contracts';
import { ApiProblem } from '../kernel/http/api-problem.decorator';
import { principalOf } from '../kernel/http/principal';

/** Lets an act through only soon after its administrator proved who they are: a stolen token is not enough for it. */
@Injectable()
export class RecentProofGuard implements CanActivate {
  constructor(private readonly queries: QueryBus) {}

  /** @throws DomainError `auth.recent-proof-needed` (forbidden). */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { userId, sessionId } = principalOf(context);
    await this.queries.execute(new RequireRecentProof(userId, sessionId));
    return true;
  }
}

/** Marks a route that does harm in wrong hands. */
export const NeedsRecentProof = (): MethodDecorator =>
  applyDecorators(
    UseGuards(RecentProofGuard),
    ApiProblem(
      403,
      'Administrators only; `auth.recent-proof-needed` ten minutes after the last proof of identity.',
    ),
  );
