import { Command, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { IdentityProof } from '../access/identity-proof';
import { ApiKeyRepository } from '../api-key.repository';
import { AuditTrailRepository } from '../audit-trail.repository';
import { AuthRepository } from '../auth.repository';
import {
  GetBillingPersonalData,
  GetEmailPersonalData,
  GetGmailPersonalData,
  GetJobsPersonalData,
  type PersonalData,
} from '../contracts';
import { SessionRepository } from '../session.repository';
import type { MyDataDto } from './export-my-data.dto';

/**
 * Everything held about a user, over all modules; whole or not at all.
 * @throws DomainError `auth.recent-proof-needed` (forbidden).
 */
export class ExportMyData extends Command<MyDataDto> {
  constructor(
    readonly userId: string,
    readonly sessionId: string,
  ) {
    super();
  }
}

/** Audit rows of one export, the newest ones; the trail itself pages through more. */
const mostTrailRows = 10_000;

@CommandHandler(ExportMyData)
export class ExportMyDataHandler implements ICommandHandler<ExportMyData> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly queries: QueryBus,
    private readonly proof: IdentityProof,
    private readonly users: AuthRepository,
    private readonly sessions: SessionRepository,
    private readonly keys: ApiKeyRepository,
    private readonly trail: AuditTrailRepository,
    private readonly audit: AuditLog,
  ) {}

  async execute({ userId, sessionId }: ExportMyData): Promise<MyDataDto> {
    await this.proof.requireRecent(userId, sessionId);
    const [account, gmail, email, billing, jobs] = await Promise.all([
      this.uow.readAsUser(userId, () => this.own(userId)),
      this.queries.execute(new GetGmailPersonalData(userId)),
      this.queries.execute(new GetEmailPersonalData(userId)),
      this.queries.execute(new GetBillingPersonalData(userId)),
      this.queries.execute(new GetJobsPersonalData(userId)),
    ]);
    await this.uow.asUser(userId, () =>
      this.audit.record({ action: 'auth.data-exported', targetType: 'user', targetId: userId, userId }),
    );
    return { exportedAt: new Date().toISOString(), account, gmail, email, billing, jobs };
  }

  private async own(userId: string): Promise<PersonalData> {
    return {
      profile: await this.users.findAccount(userId),
      sessions: await this.sessions.listAll(userId),
      apiKeys: await this.keys.listLive(userId),
      auditTrail: await this.trail.list(userId, null, mostTrailRows),
    };
  }
}
