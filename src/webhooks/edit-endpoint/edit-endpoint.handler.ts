import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { EnvDto } from '../../kernel/config/env.dto';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { assertUnchanged, type EditCondition } from '../../kernel/http/conditional/edit-version';
import { checkTarget } from '../create-endpoint/check-target';
import type { WebhookEventType } from '../domain/event-types';
import { EndpointsRepository } from '../endpoints.repository';
import {
  editableOfEndpoint,
  type WebhookEndpointDto,
  webhookEndpointDto,
} from '../list-endpoints/list-endpoints.dto';
import { endpointTarget, unknownEndpoint } from '../unknown-endpoint';

/** What of an endpoint may become different. */
export interface EndpointWishes {
  url?: string;
  eventTypes?: WebhookEventType[];
  description?: string | null;
  enabled?: boolean;
}

/**
 * Edits an endpoint. One that was disabled, by whomever, is as good as new once it is enabled; what it missed can be replayed.
 * @throws DomainError `webhooks.endpoint-unknown` (not-found), `webhooks.url-refused` (invalid), `request.precondition-failed`.
 */
export class EditEndpoint extends Command<WebhookEndpointDto> {
  constructor(
    readonly userId: string,
    readonly endpointId: string,
    readonly wishes: EndpointWishes,
    readonly condition?: EditCondition,
  ) {
    super();
  }
}

@CommandHandler(EditEndpoint)
export class EditEndpointHandler implements ICommandHandler<EditEndpoint> {
  constructor(
    private readonly env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly endpoints: EndpointsRepository,
    private readonly audit: AuditLog,
  ) {}

  execute({ userId, endpointId, wishes, condition }: EditEndpoint): Promise<WebhookEndpointDto> {
    const { enabled, ...terms } = wishes;
    if (terms.url !== undefined) checkTarget(terms.url, this.env.WEBHOOK_TRUSTED_ORIGINS);
    return this.uow.asUser(userId, async () => {
      const row = await this.endpoints.lock(userId, endpointId);
      if (!row) throw unknownEndpoint();
      assertUnchanged(condition, editableOfEndpoint(webhookEndpointDto(row)));
      await this.endpoints.update(userId, endpointId, terms);
      if (enabled === true) await this.endpoints.enable(userId, endpointId);
      if (enabled === false) await this.endpoints.disable(userId, endpointId, 'by-owner');
      const { eventTypes, url } = terms;
      const changes = { eventTypes, enabled, host: url === undefined ? undefined : new URL(url).host };
      await this.audit.record({
        action: 'webhooks.endpoint-edited',
        ...endpointTarget(userId, endpointId),
        changes,
      });
      const edited = await this.endpoints.find(userId, endpointId);
      return webhookEndpointDto(edited ?? row);
    });
  }
}
