import type { ICommand } from '@nestjs/cqrs';
import { UserDeleted } from '../../auth/contracts';
import { type Saga, SagaOn } from '../../kernel/cqrs/saga';
import { ForgetMailboxes } from './forget-mailboxes.handler';

@SagaOn(UserDeleted)
export class ForgetMailboxesOnUserDeleted implements Saga<UserDeleted> {
  react({ userId }: UserDeleted): ICommand[] {
    return [new ForgetMailboxes(userId)];
  }
}
