import type { ICommand } from '@nestjs/cqrs';
import { RunRules } from '../../gmail/contracts';
import { type Saga, SagaOn } from '../../kernel/cqrs/saga';
import { SummaryStored } from '../contracts';

@SagaOn(SummaryStored)
export class RunRulesOnSummaryStored implements Saga<SummaryStored> {
  react({ userId, emailId }: SummaryStored): ICommand[] {
    return [new RunRules(userId, emailId)];
  }
}
