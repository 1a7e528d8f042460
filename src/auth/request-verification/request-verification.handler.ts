import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { Outbox } from '../../kernel/outbox/outbox';
import { GuessLimiter } from '../access/guess-limiter';
import { EmailVerificationAsked } from '../domain/mail-events';

/**
 * Has the verification mail sent once more; a verified address gets none.
 * @throws DomainError `auth.too-many-attempts` (rate-limited).
 */
export class RequestVerification extends Command<void> {
  constructor(readonly userId: string) {
    super();
  }
}

@CommandHandler(RequestVerification)
export class RequestVerificationHandler implements ICommandHandler<RequestVerification> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly guesses: GuessLimiter,
    private readonly audit: AuditLog,
  ) {}

  async execute({ userId }: RequestVerification): Promise<void> {
    await this.guesses.attempt(`verification-mail:${userId}`);
    await this.uow.asUser(userId, async () => {
      await this.outbox.publish(new EmailVerificationAsked(userId));
      await this.audit.record({ action: 'auth.verification-asked', userId });
    });
  }
}
