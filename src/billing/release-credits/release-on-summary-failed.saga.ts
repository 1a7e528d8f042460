import type { ICommand } from '@nestjs/cqrs';
import { SummaryFailed } from '../../email/contracts';
import { type Saga, SagaOn } from '../../kernel/cqrs/saga';
import { ReleaseCredits } from '../contracts';

@SagaOn(SummaryFailed)
export class ReleaseOnSummaryFailed implements Saga<SummaryFailed> {
  react({ userId, emailId, reasonCode }: SummaryFailed): ICommand[] {
    return [new ReleaseCredits(userId, [emailId], reasonCode)];
  }
}
