import type { ICommand } from '@nestjs/cqrs';
import { UserDeleted } from '../../auth/contracts';
import { type Saga, SagaOn } from '../../kernel/cqrs/saga';
import { ForgetPayer } from './forget-payer.handler';

@SagaOn(UserDeleted)
export class ForgetPayerOnUserDeleted implements Saga<UserDeleted> {
  react({ userId }: UserDeleted): ICommand[] {
    return [new ForgetPayer(userId)];
  }
}
