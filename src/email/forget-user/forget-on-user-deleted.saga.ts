import type { ICommand } from '@nestjs/cqrs';
import { UserDeleted } from '../../auth/contracts';
import { type Saga, SagaOn } from '../../kernel/cqrs/saga';
import { ForgetUser } from './forget-user.handler';

@SagaOn(UserDeleted)
export class ForgetOnUserDeleted implements Saga<UserDeleted> {
  react({ userId }: UserDeleted): ICommand[] {
    return [new ForgetUser(userId)];
  }
}
