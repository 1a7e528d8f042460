import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { AuthRepository } from '../auth.repository';
import { type AccountDto, accountDto } from '../get-me/account.dto';

/** What of a profile its owner may change. */
export interface ProfileChanges {
  name?: string;
  /** Merged into what was there, key by key. */
  preferences?: { timeZone?: string; locale?: string; notifications?: boolean };
}

/** Changes the profile; what is not named stays as it is. */
export class UpdateProfile extends Command<AccountDto> {
  constructor(
    readonly userId: string,
    readonly changes: ProfileChanges,
  ) {
    super();
  }
}

@CommandHandler(UpdateProfile)
export class UpdateProfileHandler implements ICommandHandler<UpdateProfile> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: AuthRepository,
    private readonly audit: AuditLog,
  ) {}

  async execute({ userId, changes }: UpdateProfile): Promise<AccountDto> {
    const account = await this.uow.asUser(userId, async () => {
      const account = await this.users.updateProfile(userId, changes);
      await this.audit.record({
        action: 'auth.profile-updated',
        targetType: 'user',
        targetId: userId,
        userId,
        changes: { ...changes },
      });
      return account;
    });
    return accountDto(account);
  }
}
