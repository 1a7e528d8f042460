import type { ICommand } from '@nestjs/cqrs';
import { CreditsLow } from '../../billing/contracts';
import { type Occurrence, type Saga, SagaOn } from '../../kernel/cqrs/saga';
import { RecordWebhookEvent } from './record-webhook-event.handler';

/** Billing says so once per crossing of the threshold, and not again until credits were added. */
@SagaOn(CreditsLow)
export class RecordOnCreditsLow implements Saga<CreditsLow> {
  react({ userId, available }: CreditsLow, occurrence: Occurrence): ICommand[] {
    return [new RecordWebhookEvent(userId, 'credits.low', occurrence, { available })];
  }
}
