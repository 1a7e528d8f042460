import type { ICommand } from '@nestjs/cqrs';
import { type Saga, SagaOn } from '../../kernel/cqrs/saga';
import { PasswordResetAsked } from '../domain/mail-events';
import { SendPasswordReset } from './send-password-reset.handler';

@SagaOn(PasswordResetAsked)
export class MailOnPasswordResetAsked implements Saga<PasswordResetAsked> {
  react({ email }: PasswordResetAsked): ICommand[] {
    return [new SendPasswordReset(email)];
  }
}
