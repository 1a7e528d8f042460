import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { EndpointsRepository } from '../endpoints.repository';
import { endpointTarget, unknownEndpoint } from '../unknown-endpoint';

/** Forgets an endpoint with its secret and its log. @throws DomainError `webhooks.endpoint-unknown` (not-found). */
export class DeleteEndpoint extends Command<void> {
  constructor(
    readonly userId: string,
    readonly endpointId: string,
  ) {
    super();
  }
}

@CommandHandler(DeleteEndpoint)
export class DeleteEndpointHandler implements ICommandHandler<DeleteEndpoint> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly endpoints: EndpointsRepository,
    private readonly audit: AuditLog,
  ) {}

  execute({ userId, endpointId }: DeleteEndpoint): Promise<void> {
    return this.uow.asUser(userId, async () => {
      if (!(await this.endpoints.remove(userId, endpointId))) throw unknownEndpoint();
      await this.audit.record({
        action: 'webhooks.endpoint-deleted',
        ...endpointTarget(userId, endpointId),
      });
    });
  }
}
