import type { ICommand } from '@nestjs/cqrs';
import { type Saga, SagaOn } from '../../kernel/cqrs/saga';
import { ActionsRequested } from '../contracts/events';
import { ApplyActions } from './apply-actions.handler';

@SagaOn(ActionsRequested)
export class ApplyOnActionsRequested implements Saga<ActionsRequested> {
  react({ userId, actionIds }: ActionsRequested): ICommand[] {
    return [new ApplyActions(userId, actionIds)];
  }
}
