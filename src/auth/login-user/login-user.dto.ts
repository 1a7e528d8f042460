import { ApiProperty } from '@nestjs/swagger';
import { IsEmail, IsOptional, IsString, MaxLength } from 'class-validator';
import { TokensDto } from '../access/tokens.dto';
import { passwordLimits } from '../domain/password-policy';
import { AccountDto } from '../get-me/account.dto';

export class LoginUserDto {
  /** @example ada@example.com */
  @IsEmail()
  @MaxLength(254)
  email!: string;

  @ApiProperty({ format: 'password' })
  @IsString()
  @MaxLength(passwordLimits.max)
  password!: string;

  /** Where the account has a second factor: six digits of the app, or a recovery code. @example 123456 */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  code?: string;
}

export class SignedInDto {
  user!: AccountDto;
  tokens!: TokensDto;
}
