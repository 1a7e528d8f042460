import { Injectable, Logger } from '@nestjs/common';
import { AuditLog } from '../../kernel/audit/audit-log';
import { EnvDto } from '../../kernel/config/env.dto';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { Outbox } from '../../kernel/outbox/outbox';
import { WebhookEndpointDisabled } from '../disable-endpoints/events';
import { messageIdOf, testEventType } from '../domain/event-types';
import { retryDelayMs } from '../domain/retry-schedule';
import { signedHeaders } from '../domain/signature';
import { EndpointsRepository } from '../endpoints.repository';
import { SecretVault } from '../secret-vault';
import { type SendOutcome, WebhookSender } from '../sending/webhook-sender';
import { type ClaimedDelivery, type Settlement, TurnsRepository } from '../turns.repository';
import { endpointTarget } from '../unknown-endpoint';
import { WebhookMetrics } from '../webhook-metrics';

/** Sends a claimed delivery and writes down what came of it, with everything that follows, in one transaction. */
@Injectable()
export class AttemptDelivery {
  private readonly logger = new Logger(AttemptDelivery.name);

  constructor(
    private readonly env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly turns: TurnsRepository,
    private readonly endpoints: EndpointsRepository,
    private readonly vault: SecretVault,
    private readonly sender: WebhookSender,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly metrics: WebhookMetrics,
  ) {}

  /** @throws what the database throws; then the attempt is made again when its lease ends. */
  async attempt(claimed: ClaimedDelivery): Promise<void> {
    const outcome = await this.send(claimed);
    this.metrics.attempted(outcome.errorCode);
    const settlement = this.settlementOf(claimed, outcome);
    await this.uow.asService('settle a webhook delivery', async () => {
      if (!(await this.turns.settle(claimed, outcome, settlement))) return;
      if ('state' in settlement && settlement.state === 'delivered') {
        await this.endpoints.noteSuccess(claimed.id);
        return;
      }
      if (outcome.errorCode === 'gone') await this.disable(claimed, 'gone');
      else if ('state' in settlement && (await this.isUnreachable(claimed)))
        await this.disable(claimed, 'unreachable');
    });
  }

  private async send(claimed: ClaimedDelivery): Promise<SendOutcome> {
    const now = new Date();
    const message = {
      id: messageIdOf(claimed.eventId),
      timestamp: Math.floor(now.getTime() / 1_000),
      payload: claimed.payload,
    };
    try {
      const headers = signedHeaders(message, this.vault.signing(claimed, now));
      return await this.sender.send(claimed.url, headers, claimed.payload);
    } catch (error) {
      this.logger.error({ err: error, endpointId: claimed.id }, 'A webhook cannot be signed');
      return unsigned(now);
    }
  }

  private settlementOf(
    { eventType, tries }: ClaimedDelivery,
    { errorCode, retryAfter }: SendOutcome,
  ): Settlement {
    if (errorCode === null) return { state: 'delivered' };
    const schedule =
      eventType === testEventType || errorCode === 'gone' ? [] : this.env.WEBHOOK_RETRY_SECONDS;
    const delayMs = retryDelayMs(tries, schedule, retryAfter, Math.random());
    return delayMs === undefined ? { state: 'failed', errorCode } : { delayMs, errorCode };
  }

  /** A whole round failed, and meanwhile nothing else got through either. */
  private async isUnreachable({ id, eventType, begunAt }: ClaimedDelivery): Promise<boolean> {
    return eventType !== testEventType && (await this.endpoints.isSilentSince(id, begunAt));
  }

  private async disable({ id, userId }: ClaimedDelivery, reason: 'gone' | 'unreachable'): Promise<void> {
    if (!(await this.endpoints.disable(userId, id, reason))) return;
    await this.audit.record({
      action: 'webhooks.endpoint-disabled',
      ...endpointTarget(userId, id),
      changes: { reason },
    });
    await this.outbox.publish(new WebhookEndpointDisabled(userId, id, reason));
  }
}

/** The key that the secret is sealed under is missing: for the operator to mend, while the attempts go on. */
function unsigned(startedAt: Date): SendOutcome {
  return {
    ...{ startedAt, latencyMs: 0, status: null, errorCode: 'not-signed' as const },
    ...{ responseHead: null, retryAfter: undefined },
  };
}
