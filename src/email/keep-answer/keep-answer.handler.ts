import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { KeepAnswer } from '../contracts';
import type { Answer } from '../answer';
import { EmailRepository } from '../email.repository';

/** Some 14 seconds. */
const throughAnOutage = retry(
  handleWhen((error) => !(error instanceof DomainError)),
  { maxAttempts: 8, backoff: new ExponentialBackoff({ initialDelay: 100, maxDelay: 4_000 }) },
);

@CommandHandler(KeepAnswer)
export class KeepAnswerHandler implements ICommandHandler<KeepAnswer> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: EmailRepository,
  ) {}

  execute({ userId, emailId, answer }: KeepAnswer): Promise<void> {
    return throughAnOutage.execute(() =>
      this.uow.readAsService('keep an answer', () =>
        this.repository.keepAnswer(userId, emailId, answer as Answer),
      ),
    );
  }
}
