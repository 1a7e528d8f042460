import type { ICommand } from '@nestjs/cqrs';
import { type Saga, SagaOn } from '../../kernel/cqrs/saga';
import { RenewWatch } from '../contracts/commands';
import { GmailConnected } from '../contracts/events';

@SagaOn(GmailConnected)
export class WatchOnGmailConnected implements Saga<GmailConnected> {
  react({ userId, connectionId }: GmailConnected): ICommand[] {
    return [new RenewWatch(userId, connectionId)];
  }
}
