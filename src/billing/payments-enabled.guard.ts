import { applyDecorators, type CanActivate, Injectable, UseGuards } from '@nestjs/common';
import { EnvDto } from '../kernel/config/env.dto';
import { ApiProblem } from '../kernel/http/api-problem.decorator';
import { paymentsDisabled } from './stripe/stripe.client';

/** Closes what needs Stripe where it is switched off. @throws DomainError `billing.payments-disabled`. */
@Injectable()
export class PaymentsEnabledGuard implements CanActivate {
  constructor(private readonly env: EnvDto) {}

  canActivate(): boolean {
    if (!this.env.ENABLE_STRIPE) throw paymentsDisabled();
    return true;
  }
}

/** Marks a controller whose routes need Stripe. */
export const NeedsPayments = (): ClassDecorator =>
  applyDecorators(
    UseGuards(PaymentsEnabledGuard),
    ApiProblem(503, '`billing.payments-disabled`, or Stripe cannot be reached.'),
  );
