import type { ICommand } from '@nestjs/cqrs';
import { type Saga, SagaOn } from '../../kernel/cqrs/saga';
import { DigestDue } from './digest-due';
import { MailDigest } from './mail-digest.handler';

@SagaOn(DigestDue)
export class MailOnDigestDue implements Saga<DigestDue> {
  react({ userId, day }: DigestDue): ICommand[] {
    return [new MailDigest(userId, day)];
  }
}
