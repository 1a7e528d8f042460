import type { ICommand } from '@nestjs/cqrs';
import { UserRegistered } from '../../auth/contracts';
import { type Saga, SagaOn } from '../../kernel/cqrs/saga';
import { OpenWallet } from './open-wallet.handler';

@SagaOn(UserRegistered)
export class OpenOnUserRegistered implements Saga<UserRegistered> {
  react({ userId }: UserRegistered): ICommand[] {
    return [new OpenWallet(userId)];
  }
}
