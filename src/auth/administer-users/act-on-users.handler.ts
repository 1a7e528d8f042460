import { Injectable } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { Outbox } from '../../kernel/outbox/outbox';
import { AdministrationRepository } from '../administration.repository';
import { ChangeRole, ReinstateUser, SignOutUser, SuspendUser, UserSuspended } from '../contracts';
import { SessionRepository } from '../session.repository';
import { noSuchUser } from './read-users.handler';

/** What every act on an account shares: the account is locked, it is somebody else's, and the audit row commits with it. */
@Injectable()
export class ActsOnUsers {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: AdministrationRepository,
    private readonly audit: AuditLog,
  ) {}

  /** Nobody loses the house by a slip of their own. @throws DomainError `auth.not-yourself` (conflict). */
  notYourself(userId: string, adminId: string | null): void {
    if (userId === adminId)
      throw new DomainError('conflict', 'auth.not-yourself', 'Ask another administrator for that.');
  }

  /** @param act answers what changed, or undefined when it was so already. @throws DomainError `auth.no-such-user`. */
  on(
    userId: string,
    action: string,
    reason: string,
    act: (user: { status: string; role: string }) => Promise<object | undefined>,
  ): Promise<void> {
    return this.uow.asService(action, async () => {
      const user = await this.users.lock(userId);
      if (!user) throw noSuchUser();
      const changes = await act(user);
      if (!changes) return;
      const target = { targetType: 'user', targetId: userId, userId };
      await this.audit.record({ action, ...target, changes: { ...changes, reason } });
    });
  }
}

@CommandHandler(SuspendUser)
export class SuspendUserHandler implements ICommandHandler<SuspendUser> {
  constructor(
    private readonly acts: ActsOnUsers,
    private readonly users: AdministrationRepository,
    private readonly sessions: SessionRepository,
    private readonly outbox: Outbox,
  ) {}

  async execute({ userId, reason, adminId }: SuspendUser): Promise<void> {
    this.acts.notYourself(userId, adminId);
    await this.acts.on(userId, 'auth.user-suspended', reason, async ({ status }) => {
      if (status === 'suspended') return undefined;
      await this.users.setStatus(userId, 'suspended');
      const sessions = await this.sessions.revokeAll(userId, 'suspended');
      await this.outbox.publish(new UserSuspended(userId));
      return { sessions };
    });
  }
}

@CommandHandler(ReinstateUser)
export class ReinstateUserHandler implements ICommandHandler<ReinstateUser> {
  constructor(
    private readonly acts: ActsOnUsers,
    private readonly users: AdministrationRepository,
  ) {}

  execute({ userId, reason }: ReinstateUser): Promise<void> {
    return this.acts.on(userId, 'auth.user-reinstated', reason, async ({ status }) => {
      if (status === 'active') return undefined;
      await this.users.setStatus(userId, 'active');
      return {};
    });
  }
}

@CommandHandler(SignOutUser)
export class SignOutUserHandler implements ICommandHandler<SignOutUser> {
  constructor(
    private readonly acts: ActsOnUsers,
    private readonly sessions: SessionRepository,
  ) {}

  execute({ userId, reason }: SignOutUser): Promise<void> {
    return this.acts.on(userId, 'auth.user-signed-out', reason, async () => ({
      sessions: await this.sessions.revokeAll(userId, 'signed out by an administrator'),
    }));
  }
}

@CommandHandler(ChangeRole)
export class ChangeRoleHandler implements ICommandHandler<ChangeRole> {
  constructor(
    private readonly acts: ActsOnUsers,
    private readonly users: AdministrationRepository,
  ) {}

  async execute({ userId, role, reason, adminId }: ChangeRole): Promise<void> {
    this.acts.notYourself(userId, adminId);
    await this.acts.on(userId, 'auth.role-changed', reason, async (user) => {
      if (user.role === role) return undefined;
      await this.users.setRole(userId, role);
      return { role };
    });
  }
}
