import type { ICommand } from '@nestjs/cqrs';
import { UserSuspended } from '../../auth/contracts';
import { type Saga, SagaOn } from '../../kernel/cqrs/saga';
import { DisableEndpoints } from './disable-endpoints.handler';

@SagaOn(UserSuspended)
export class DisableOnUserSuspended implements Saga<UserSuspended> {
  react({ userId }: UserSuspended): ICommand[] {
    return [new DisableEndpoints(userId)];
  }
}
