import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { v7 as uuidv7 } from 'uuid';
import { AuditLog } from '../../kernel/audit/audit-log';
import { EnvDto } from '../../kernel/config/env.dto';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { SystemConfig } from '../../kernel/system-config/system-config';
import type { WebhookEventType } from '../domain/event-types';
import { createSecret } from '../domain/signature';
import { EndpointsRepository } from '../endpoints.repository';
import { webhookEndpointDto } from '../list-endpoints/list-endpoints.dto';
import { SecretVault } from '../secret-vault';
import { endpointTarget } from '../unknown-endpoint';
import { endpointsPerUser } from '../webhooks.settings';
import { checkTarget } from './check-target';
import type { CreatedWebhookEndpointDto } from './create-endpoint.dto';

/** Where events go, and which. */
export interface WantedEndpoint {
  url: string;
  eventTypes: WebhookEventType[];
  description?: string;
}

/**
 * Makes an endpoint and answers its secret, this once.
 * @throws DomainError `webhooks.url-refused` (invalid), `webhooks.too-many-endpoints` (conflict).
 */
export class CreateEndpoint extends Command<CreatedWebhookEndpointDto> {
  constructor(
    readonly userId: string,
    readonly wanted: WantedEndpoint,
  ) {
    super();
  }
}

@CommandHandler(CreateEndpoint)
export class CreateEndpointHandler implements ICommandHandler<CreateEndpoint> {
  constructor(
    private readonly env: EnvDto,
    private readonly config: SystemConfig,
    private readonly uow: UnitOfWork,
    private readonly endpoints: EndpointsRepository,
    private readonly vault: SecretVault,
    private readonly audit: AuditLog,
  ) {}

  async execute({ userId, wanted }: CreateEndpoint): Promise<CreatedWebhookEndpointDto> {
    const { url, eventTypes, description = null } = wanted;
    checkTarget(url, this.env.WEBHOOK_TRUSTED_ORIGINS);
    const most = this.config.get(endpointsPerUser);
    const [id, secret] = [uuidv7(), createSecret()];
    const secretCipher = this.vault.seal(secret, 'secret', { id, userId });
    const row = await this.uow.asUser(userId, async () => {
      if ((await this.endpoints.lockCount(userId)) >= most)
        throw new DomainError(
          'conflict',
          'webhooks.too-many-endpoints',
          `A user may have ${most} webhook endpoints`,
        );
      const { host } = new URL(url);
      await this.audit.record({
        action: 'webhooks.endpoint-created',
        ...endpointTarget(userId, id),
        changes: { host, eventTypes },
      });
      return this.endpoints.insert({ id, userId, url, description, eventTypes, secretCipher });
    });
    return { endpoint: webhookEndpointDto(row), secret };
  }
}
