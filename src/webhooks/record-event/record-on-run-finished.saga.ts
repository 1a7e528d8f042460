import type { ICommand } from '@nestjs/cqrs';
import { RunFinished } from '../../jobs/contracts';
import { type Occurrence, type Saga, SagaOn } from '../../kernel/cqrs/saga';
import { RecordWebhookEvent } from './record-webhook-event.handler';

@SagaOn(RunFinished)
export class RecordOnRunFinished implements Saga<RunFinished> {
  react({ userId, ...run }: RunFinished, occurrence: Occurrence): ICommand[] {
    const { runId, connectionId, revision, state, mails, credits } = run;
    const data = { runId, connectionId, revision, state, mails, credits };
    return [new RecordWebhookEvent(userId, 'run.finished', occurrence, data)];
  }
}
