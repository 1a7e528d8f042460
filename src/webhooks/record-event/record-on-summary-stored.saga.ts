import type { ICommand } from '@nestjs/cqrs';
import { SummaryStored } from '../../email/contracts';
import { type Occurrence, type Saga, SagaOn } from '../../kernel/cqrs/saga';
import { RecordWebhookEvent } from './record-webhook-event.handler';

@SagaOn(SummaryStored)
export class RecordOnSummaryStored implements Saga<SummaryStored> {
  react({ userId, summaryId, emailId }: SummaryStored, occurrence: Occurrence): ICommand[] {
    return [new RecordWebhookEvent(userId, 'summary.stored', occurrence, { summaryId, emailId })];
  }
}
