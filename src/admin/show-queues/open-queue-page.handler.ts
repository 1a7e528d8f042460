import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { EnvDto } from '../../kernel/config/env.dto';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { passLifeMs, QueuePagePass } from './queue-page-pass';

/** Gives an administrator a pass for the page of queues; who got one stands in the audit log. */
export class OpenQueuePage extends Command<{ cookie: string; expiresAt: Date }> {
  constructor(
    readonly userId: string,
    readonly sessionId: string,
  ) {
    super();
  }
}

@CommandHandler(OpenQueuePage)
export class OpenQueuePageHandler implements ICommandHandler<OpenQueuePage> {
  constructor(
    private readonly env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly audit: AuditLog,
    private readonly pass: QueuePagePass,
  ) {}

  async execute(holder: OpenQueuePage): Promise<{ cookie: string; expiresAt: Date }> {
    const expiresAt = new Date(Date.now() + passLifeMs);
    await this.uow.asService('open the page of queues', () =>
      this.audit.record({ action: 'admin.queue-page-opened', targetType: 'user', targetId: holder.userId }),
    );
    const isSecure = this.env.PUBLIC_URL.startsWith('https:');
    return { cookie: this.pass.cookieFor(holder, expiresAt, isSecure), expiresAt };
  }
}
