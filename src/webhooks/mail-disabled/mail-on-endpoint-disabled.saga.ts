import type { ICommand } from '@nestjs/cqrs';
import { MailUser } from '../../auth/contracts';
import { type Occurrence, type Saga, SagaOn } from '../../kernel/cqrs/saga';
import { WebhookEndpointDisabled } from '../disable-endpoints/events';

const causes: Record<string, string> = {
  gone: 'It answered 410 Gone: that nothing shall be sent to it any more.',
  unreachable: 'It has taken nothing for three days, however often we tried.',
};

/** The URL stays out of the mail: it may hold a key. */
@SagaOn(WebhookEndpointDisabled)
export class MailOnEndpointDisabled implements Saga<WebhookEndpointDisabled> {
  react({ userId, endpointId, reason }: WebhookEndpointDisabled, { id }: Occurrence): ICommand[] {
    const text = [
      `We have stopped sending webhooks to your endpoint ${endpointId}.`,
      causes[reason] ?? reason,
      'Once it is well, enable it again, and replay what it missed: its deliveries are kept for a while.',
      '',
    ].join('\n');
    const letter = { subject: 'A webhook endpoint of yours was disabled', text };
    return [new MailUser(userId, { ...letter, messageId: `webhook-disabled.${id}@inbrief` })];
  }
}
