import type { ICommand } from '@nestjs/cqrs';
import { UserDeleted } from '../../auth/contracts';
import { type Saga, SagaOn } from '../../kernel/cqrs/saga';
import { CancelWork } from '../contracts';
import { reasons } from '../domain/reason-codes';

@SagaOn(UserDeleted)
export class CancelOnUserDeleted implements Saga<UserDeleted> {
  react({ userId }: UserDeleted): ICommand[] {
    return [new CancelWork(userId, reasons.accountDeleted)];
  }
}
