import { ApiProperty } from '@nestjs/swagger';
import { PreferencesDto } from '../update-profile/update-profile.dto';
import type { Account } from '../auth.repository';

/** The signed-in user. */
export class AccountDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'email' })
  email!: string;

  name!: string;

  @ApiProperty({ enum: ['user', 'admin'] })
  role!: string;

  /** Whether the address was confirmed through the mail we sent there. */
  emailVerified!: boolean;

  /** Whether sign-in asks for a code of an authenticator app. */
  secondFactor!: boolean;

  preferences!: PreferencesDto;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

/** What of an account its owner may edit. */
export function editableOfAccount({ name, preferences }: AccountDto): unknown {
  return [name, preferences];
}

/** The account as the API shows it. */
export function accountDto(account: Account): AccountDto {
  const { id, email, name, role } = account;
  return {
    id,
    email,
    name,
    role,
    emailVerified: account.emailVerifiedAt !== null,
    secondFactor: Boolean(account.secondFactor?.confirmedAt),
    preferences: account.preferences as PreferencesDto,
    createdAt: account.createdAt.toISOString(),
  };
}
