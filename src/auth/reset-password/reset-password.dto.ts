import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';
import { passwordLimits } from '../domain/password-policy';

export class ResetPasswordDto {
  /** The token out of the mail. */
  @IsString()
  @MaxLength(100)
  token!: string;

  /** 10 characters or more, and not one of the passwords that everybody tries first. */
  @ApiProperty({ format: 'password' })
  @IsString()
  @MinLength(passwordLimits.min)
  @MaxLength(passwordLimits.max)
  newPassword!: string;
}
