import type { ICommand } from '@nestjs/cqrs';
import { type Saga, SagaOn } from '../../kernel/cqrs/saga';
import { EmailVerificationAsked } from '../domain/mail-events';
import { SendVerification } from './send-verification.handler';

@SagaOn(EmailVerificationAsked)
export class MailOnVerificationAsked implements Saga<EmailVerificationAsked> {
  react({ userId }: EmailVerificationAsked): ICommand[] {
    return [new SendVerification(userId)];
  }
}
