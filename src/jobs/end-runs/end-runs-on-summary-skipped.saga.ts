import type { ICommand } from '@nestjs/cqrs';
import { SummarySkipped } from '../../email/contracts';
import { type Saga, SagaOn } from '../../kernel/cqrs/saga';
import { EndRuns } from './end-runs.handler';

@SagaOn(SummarySkipped)
export class EndRunsOnSummarySkipped implements Saga<SummarySkipped> {
  react({ emailId }: SummarySkipped): ICommand[] {
    return [new EndRuns([emailId])];
  }
}
