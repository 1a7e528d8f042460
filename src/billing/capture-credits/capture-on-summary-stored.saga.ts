import type { ICommand } from '@nestjs/cqrs';
import { SummaryStored } from '../../email/contracts';
import { type Saga, SagaOn } from '../../kernel/cqrs/saga';
import { CaptureCredits } from '../contracts';

@SagaOn(SummaryStored)
export class CaptureOnSummaryStored implements Saga<SummaryStored> {
  react({ userId, emailId }: SummaryStored): ICommand[] {
    return [new CaptureCredits(userId, [emailId])];
  }
}
