import { Injectable } from '@nestjs/common';
import Stripe from 'stripe';
import { EnvDto } from '../../kernel/config/env.dto';
import { DomainError } from '../../kernel/errors/domain-error';

/** Seconds between signing and arrival; the SDK's own figure, stated because one of its functions defaults to none. */
const toleranceSeconds = 300;

/** Proves that an event comes from our Stripe account, in the mode we run in. */
@Injectable()
export class WebhookSignature {
  constructor(private readonly env: EnvDto) {}

  /**
   * The event in a signed body; any one of the configured secrets will do.
   * @throws DomainError, all `invalid`: `billing.webhook-signature`, `billing.webhook-mode`, `billing.webhook-account`.
   */
  read(body: Buffer | undefined, header: string | undefined): Stripe.Event {
    const event = this.verify(body ?? Buffer.alloc(0), header ?? '');
    if (event.livemode !== this.env.STRIPE_LIVEMODE)
      throw new DomainError('invalid', 'billing.webhook-mode', 'Events of this mode are not taken here.');
    if (event.account !== undefined && event.account !== this.env.STRIPE_ACCOUNT_ID)
      throw new DomainError(
        'invalid',
        'billing.webhook-account',
        'Events of this account are not taken here.',
      );
    return event;
  }

  private verify(body: Buffer, header: string): Stripe.Event {
    for (const secret of this.env.STRIPE_WEBHOOK_SECRETS) {
      try {
        return Stripe.webhooks.constructEvent(body, header, secret, toleranceSeconds);
      } catch {
        // The next secret may be the one that signed: two are live while one is rotated.
      }
    }
    throw new DomainError('invalid', 'billing.webhook-signature', 'The signature does not hold.');
  }
}
