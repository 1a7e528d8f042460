import type { ICommand } from '@nestjs/cqrs';
import { HoldsOverdue } from '../../billing/contracts';
import { type Saga, SagaOn } from '../../kernel/cqrs/saga';
import { AnswerOverdueHolds } from './answer-overdue-holds.handler';

@SagaOn(HoldsOverdue)
export class AnswerOnHoldsOverdue implements Saga<HoldsOverdue> {
  react({ userId, emailIds }: HoldsOverdue): ICommand[] {
    return [new AnswerOverdueHolds(userId, emailIds)];
  }
}
