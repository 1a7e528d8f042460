import type { ICommand } from '@nestjs/cqrs';
import { type Saga, SagaOn } from '../../kernel/cqrs/saga';
import { CreditsLow } from '../contracts';
import { BeginTopUp } from './begin-top-up.handler';

@SagaOn(CreditsLow)
export class BeginOnCreditsLow implements Saga<CreditsLow> {
  react({ userId }: CreditsLow): ICommand[] {
    return [new BeginTopUp(userId)];
  }
}
