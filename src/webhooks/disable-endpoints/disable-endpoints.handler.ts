import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { EndpointsRepository } from '../endpoints.repository';
import { endpointTarget } from '../unknown-endpoint';

/** Ends everything that is on its way to a suspended user's systems; they may enable them again once they are let in. */
export class DisableEndpoints extends Command<void> {
  constructor(readonly userId: string) {
    super();
  }
}

@CommandHandler(DisableEndpoints)
export class DisableEndpointsHandler implements ICommandHandler<DisableEndpoints> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly endpoints: EndpointsRepository,
    private readonly audit: AuditLog,
  ) {}

  execute({ userId }: DisableEndpoints): Promise<void> {
    return this.uow.asService('disable the endpoints of a suspended user', async () => {
      for (const { id } of await this.endpoints.list(userId)) {
        if (!(await this.endpoints.disable(userId, id, 'account-suspended'))) continue;
        await this.audit.record({
          action: 'webhooks.endpoint-disabled',
          ...endpointTarget(userId, id),
          changes: { reason: 'account-suspended' },
        });
      }
    });
  }
}
