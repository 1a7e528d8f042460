import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { assertUnchanged, type EditCondition } from '../../kernel/http/conditional/edit-version';
import { AuthRepository } from '../auth.repository';
import { type AccountDto, accountDto, editableOfAccount } from '../get-me/account.dto';
import type { PreferencesDto } from './update-profile.dto';

/** What of a profile its owner may change. */
export interface ProfileChanges {
  name?: string;
  /** Merged into what was there, key by key. */
  preferences?: Partial<PreferencesDto>;
}

/** Changes the profile; what is not named stays as it is. @throws DomainError `request.precondition-failed`. */
export class UpdateProfile extends Command<AccountDto> {
  constructor(
    readonly userId: string,
    readonly changes: ProfileChanges,
    readonly condition?: EditCondition,
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

  async execute({ userId, changes, condition }: UpdateProfile): Promise<AccountDto> {
    const account = await this.uow.asUser(userId, async () => {
      if (condition)
        assertUnchanged(condition, editableOfAccount(accountDto(await this.users.lockAccount(userId))));
      const account = await this.users.updateProfile(userId, changes);
      await this.audit.record({
        action: 'auth.profile-updated',
        targetType: 'user',
        targetId: userId,
        userId,
        changes: { fields: namesOf(changes) },
      });
      return account;
    });
    return accountDto(account);
  }
}

/** The trail is kept for good, so it tells what was changed and not to what: a deleted account leaves nobody behind. */
function namesOf({ name, preferences = {} }: ProfileChanges): string[] {
  const changed = Object.entries({ name, ...prefixed(preferences) });
  return changed.flatMap(([field, value]) => (value === undefined ? [] : [field]));
}

function prefixed(preferences: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(preferences).map(([key, value]) => [`preferences.${key}`, value]));
}
