import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { Outbox } from '../../kernel/outbox/outbox';
import { GuessLimiter } from '../access/guess-limiter';
import { normaliseEmail } from '../domain/email-address';
import { PasswordResetAsked } from '../domain/mail-events';

/**
 * Has a mail sent with a way to a new password, if an account has this address; does the same work if none has.
 * @throws DomainError `auth.too-many-attempts` (rate-limited) when one address is asked for again and again.
 */
export class RequestPasswordReset extends Command<void> {
  constructor(readonly email: string) {
    super();
  }
}

@CommandHandler(RequestPasswordReset)
export class RequestPasswordResetHandler implements ICommandHandler<RequestPasswordReset> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly guesses: GuessLimiter,
    private readonly audit: AuditLog,
  ) {}

  async execute({ email: address }: RequestPasswordReset): Promise<void> {
    const email = normaliseEmail(address);
    await this.guesses.attempt(`reset-mail:${email}`);
    await this.uow.asService('ask for a password reset', async () => {
      await this.outbox.publish(new PasswordResetAsked(email));
      await this.audit.record({ action: 'auth.password-reset-asked' });
    });
  }
}
