import { ApiProperty } from '@nestjs/swagger';
import { IsEmail, IsString, MaxLength } from 'class-validator';
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
}

export class SignedInDto {
  user!: AccountDto;
  tokens!: TokensDto;
}
