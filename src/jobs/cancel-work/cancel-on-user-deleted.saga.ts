import type { ICommand } from '@nestjs/cqrs';
import { UserDeleted } from '../../auth/contracts';
import { type Saga, SagaOn } from '../../kernel/cqrs/saga';
import { CancelWork } from './cancel-work.handler';

@SagaOn(UserDeleted)
export class CancelOnUserDeleted implements Saga<UserDeleted> {
  react({ userId }: UserDeleted): ICommand[] {
    return [new CancelWork(userId, 'jobs.account-deleted')];
  }
}
