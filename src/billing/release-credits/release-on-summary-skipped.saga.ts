import type { ICommand } from '@nestjs/cqrs';
import { SummarySkipped } from '../../email/contracts';
import { type Saga, SagaOn } from '../../kernel/cqrs/saga';
import { ReleaseCredits } from '../contracts';

@SagaOn(SummarySkipped)
export class ReleaseOnSummarySkipped implements Saga<SummarySkipped> {
  react({ userId, emailId, reasonCode }: SummarySkipped): ICommand[] {
    return [new ReleaseCredits(userId, [emailId], reasonCode)];
  }
}
