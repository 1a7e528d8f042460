import type { ICommand } from '@nestjs/cqrs';
import { SummaryFailed } from '../../email/contracts';
import { type Saga, SagaOn } from '../../kernel/cqrs/saga';
import { EndRuns } from './end-runs.handler';

@SagaOn(SummaryFailed)
export class EndRunsOnSummaryFailed implements Saga<SummaryFailed> {
  react({ emailId }: SummaryFailed): ICommand[] {
    return [new EndRuns([emailId])];
  }
}
