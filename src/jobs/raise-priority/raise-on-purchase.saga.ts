import type { ICommand } from '@nestjs/cqrs';
import { CreditsAdded } from '../../billing/contracts';
import { type Saga, SagaOn } from '../../kernel/cqrs/saga';
import { RaisePriority } from './raise-priority.handler';

@SagaOn(CreditsAdded)
export class RaiseOnPurchase implements Saga<CreditsAdded> {
  react({ userId, source }: CreditsAdded): ICommand[] {
    return source === 'purchase' ? [new RaisePriority(userId)] : [];
  }
}
