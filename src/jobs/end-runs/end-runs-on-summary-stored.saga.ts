import type { ICommand } from '@nestjs/cqrs';
import { SummaryStored } from '../../email/contracts';
import { type Saga, SagaOn } from '../../kernel/cqrs/saga';
import { EndRuns } from './end-runs.handler';

@SagaOn(SummaryStored)
export class EndRunsOnSummaryStored implements Saga<SummaryStored> {
  react({ emailId }: SummaryStored): ICommand[] {
    return [new EndRuns([emailId])];
  }
}
