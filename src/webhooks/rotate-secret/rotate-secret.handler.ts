import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import type { CreatedWebhookEndpointDto } from '../create-endpoint/create-endpoint.dto';
import { createSecret } from '../domain/signature';
import { EndpointsRepository } from '../endpoints.repository';
import { webhookEndpointDto } from '../list-endpoints/list-endpoints.dto';
import { SecretVault } from '../secret-vault';
import { endpointTarget, unknownEndpoint } from '../unknown-endpoint';

/**
 * Gives an endpoint a new secret and answers it, this once. The one before signs beside it for 24 hours; one before that, no more.
 * @throws DomainError `webhooks.endpoint-unknown` (not-found).
 */
export class RotateSecret extends Command<CreatedWebhookEndpointDto> {
  constructor(
    readonly userId: string,
    readonly endpointId: string,
  ) {
    super();
  }
}

const overlapMs = 86_400_000;

@CommandHandler(RotateSecret)
export class RotateSecretHandler implements ICommandHandler<RotateSecret> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly endpoints: EndpointsRepository,
    private readonly vault: SecretVault,
    private readonly audit: AuditLog,
  ) {}

  execute({ userId, endpointId }: RotateSecret): Promise<CreatedWebhookEndpointDto> {
    const secret = createSecret();
    return this.uow.asUser(userId, async () => {
      const row = await this.endpoints.lock(userId, endpointId);
      if (!row) throw unknownEndpoint();
      const previousSecretUntil = new Date(Date.now() + overlapMs);
      const cipher = this.vault.seal(secret, 'secret', row);
      await this.endpoints.rotate(userId, endpointId, cipher, this.vault.retire(row), previousSecretUntil);
      await this.audit.record({
        action: 'webhooks.secret-rotated',
        ...endpointTarget(userId, endpointId),
      });
      return { endpoint: webhookEndpointDto({ ...row, previousSecretUntil }), secret };
    });
  }
}
