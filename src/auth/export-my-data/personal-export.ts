import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { ApiKeyRepository } from '../api-key.repository';
import { AuditTrailRepository } from '../audit-trail.repository';
import { AuthRepository } from '../auth.repository';
import {
  GetBillingPersonalData,
  GetEmailPersonalData,
  GetGmailPersonalData,
  GetJobsPersonalData,
  GetWebhooksPersonalData,
  type PersonalData,
} from '../contracts';
import { SessionRepository } from '../session.repository';
import type { MyDataDto } from './export-my-data.dto';

/** Audit rows of one export, the newest ones; the trail itself pages through more. */
const mostTrailRows = 10_000;

/** Gathers what is held about a user, over all modules; whole or not at all. */
@Injectable()
export class PersonalExport {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly queries: QueryBus,
    private readonly users: AuthRepository,
    private readonly sessions: SessionRepository,
    private readonly keys: ApiKeyRepository,
    private readonly trail: AuditTrailRepository,
  ) {}

  async of(userId: string): Promise<MyDataDto> {
    const [account, gmail, email, billing, jobs, webhooks] = await Promise.all([
      this.uow.readAsUser(userId, () => this.own(userId)),
      this.queries.execute(new GetGmailPersonalData(userId)),
      this.queries.execute(new GetEmailPersonalData(userId)),
      this.queries.execute(new GetBillingPersonalData(userId)),
      this.queries.execute(new GetJobsPersonalData(userId)),
      this.queries.execute(new GetWebhooksPersonalData(userId)),
    ]);
    return { exportedAt: new Date().toISOString(), account, gmail, email, billing, jobs, webhooks };
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
