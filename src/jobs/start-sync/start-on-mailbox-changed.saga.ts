import type { ICommand } from '@nestjs/cqrs';
import { MailboxChanged } from '../../gmail/contracts';
import { type Saga, SagaOn } from '../../kernel/cqrs/saga';
import { StartSync } from '../contracts';

@SagaOn(MailboxChanged)
export class StartOnMailboxChanged implements Saga<MailboxChanged> {
  react({ userId, connectionId }: MailboxChanged): ICommand[] {
    return [new StartSync(userId, connectionId, 'push')];
  }
}
