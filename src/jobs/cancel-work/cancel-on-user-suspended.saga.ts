import type { ICommand } from '@nestjs/cqrs';
import { UserSuspended } from '../../auth/contracts';
import { reasons } from '../domain/reason-codes';
import { type Saga, SagaOn } from '../../kernel/cqrs/saga';
import { CancelWork } from '../contracts';

@SagaOn(UserSuspended)
export class CancelOnUserSuspended implements Saga<UserSuspended> {
  react({ userId }: UserSuspended): ICommand[] {
    return [new CancelWork(userId, reasons.accountSuspended)];
  }
}
