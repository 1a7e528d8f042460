import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsEmail, IsString, Length, MaxLength, MinLength } from 'class-validator';
import { TokensDto } from '../access/tokens.dto';
import { passwordLimits } from '../domain/password-policy';
import { AccountDto } from '../get-me/account.dto';

const trim = ({ value }: { value: unknown }): unknown => (typeof value === 'string' ? value.trim() : value);

export class RegisterUserDto {
  /** @example ada@example.com */
  @Transform(trim)
  @IsEmail()
  @MaxLength(254)
  email!: string;

  /** 10 characters or more, and not one of the passwords that everybody tries first. */
  @ApiProperty({ format: 'password' })
  @IsString()
  @MinLength(passwordLimits.min)
  @MaxLength(passwordLimits.max)
  password!: string;

  /** @example Ada Lovelace */
  @Transform(trim)
  @IsString()
  @Length(1, 120)
  name!: string;
}

export class RegisteredUserDto {
  user!: AccountDto;
  tokens!: TokensDto;

  /** Google's consent page for this account; good once, for the session that was just opened. */
  gmailConsentUrl!: string;
}
