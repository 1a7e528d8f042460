import type { ICommand } from '@nestjs/cqrs';
import { ConnectionNeedsReauth } from '../../gmail/contracts';
import { type Occurrence, type Saga, SagaOn } from '../../kernel/cqrs/saga';
import { RecordWebhookEvent } from './record-webhook-event.handler';

@SagaOn(ConnectionNeedsReauth)
export class RecordOnConnectionNeedsReauth implements Saga<ConnectionNeedsReauth> {
  react({ userId, connectionId, reasonCode }: ConnectionNeedsReauth, occurrence: Occurrence): ICommand[] {
    const data = { connectionId, reasonCode };
    return [new RecordWebhookEvent(userId, 'connection.needs_reauth', occurrence, data)];
  }
}
