import { Injectable } from '@nestjs/common';
import { type EmailDiscovery, type EmailRule, Prisma } from '../kernel/database/generated/client';
import { UnitOfWork } from '../kernel/database/unit-of-work';

export type { EmailRule };

/** Users' rules, and what they look at. Every method works in the ambient unit of work. */
@Injectable()
export class RulesRepository {
  constructor(private readonly uow: UnitOfWork) {}

  add(rule: EmailRule): Promise<EmailRule> {
    return this.uow.db.emailRule.create({ data: rule });
  }

  /** In the order they were made in. */
  list(userId: string, only?: { enabled: true }): Promise<EmailRule[]> {
    return this.uow.rows<EmailRule>(Prisma.sql`
      select id, user_id as "userId", name, enabled, categories, urgencies, senders, lists, kind, label_id as "labelId",
        created_at as "createdAt"
      from email_rules where user_id = ${userId}::uuid and (enabled or ${only === undefined}::boolean) order by id`);
  }

  count(userId: string): Promise<number> {
    return this.uow.db.emailRule.count({ where: { userId } });
  }

  find(userId: string, id: string): Promise<EmailRule | null> {
    return this.uow.db.emailRule.findFirst({ where: { userId, id } });
  }

  /** The rule, locked until the commit. */
  async lock(userId: string, id: string): Promise<EmailRule | null> {
    await this.uow.db.$executeRaw`
      select from email_rules where id = ${id}::uuid and user_id = ${userId}::uuid for update`;
    return this.find(userId, id);
  }

  async enable(userId: string, id: string, enabled: boolean): Promise<void> {
    await this.uow.db.emailRule.updateMany({ where: { userId, id }, data: { enabled } });
  }

  async remove(userId: string, id: string): Promise<boolean> {
    const { count } = await this.uow.db.emailRule.deleteMany({ where: { userId, id } });
    return count === 1;
  }

  mails(userId: string, emailIds: string[]): Promise<EmailDiscovery[]> {
    return this.uow.db.emailDiscovery.findMany({ where: { userId, id: { in: emailIds } } });
  }

  /** The id by which rules know a message, however often it is summarised: its first revision's. */
  async firstRevision({ userId, connectionId, gmailMessageId }: EmailDiscovery): Promise<string> {
    const { id } = await this.uow.db.emailDiscovery.findFirstOrThrow({
      where: { userId, connectionId, gmailMessageId, revision: 1 },
      select: { id: true },
    });
    return id;
  }
}
