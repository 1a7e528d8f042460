import type { ICommand } from '@nestjs/cqrs';
import { EmailsDiscovered } from '../../gmail/contracts';
import { type Saga, SagaOn } from '../../kernel/cqrs/saga';
import { QueueEmails } from './queue-emails.handler';

@SagaOn(EmailsDiscovered)
export class QueueOnEmailsDiscovered implements Saga<EmailsDiscovered> {
  react({ userId, runId, emailIds }: EmailsDiscovered): ICommand[] {
    return [new QueueEmails(userId, runId, emailIds)];
  }
}
