import type { ICommand } from '@nestjs/cqrs';
import { UserDeleted } from '../../auth/contracts';
import { type Saga, SagaOn } from '../../kernel/cqrs/saga';
import { ForgetEndpoints } from './forget-endpoints.handler';

@SagaOn(UserDeleted)
export class ForgetEndpointsOnUserDeleted implements Saga<UserDeleted> {
  react({ userId }: UserDeleted): ICommand[] {
    return [new ForgetEndpoints(userId)];
  }
}
