import type { ICommand } from '@nestjs/cqrs';
import { CreditsAdded } from '../../billing/contracts';
import { type Saga, SagaOn } from '../../kernel/cqrs/saga';
import { ResumeWaiting } from './resume-waiting.handler';

@SagaOn(CreditsAdded)
export class ResumeOnCreditsAdded implements Saga<CreditsAdded> {
  react({ userId }: CreditsAdded): ICommand[] {
    return [new ResumeWaiting(userId)];
  }
}
