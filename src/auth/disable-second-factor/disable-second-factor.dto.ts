import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { passwordLimits } from '../domain/password-policy';

export class DisableSecondFactorDto {
  /** Leave it out where the account has none; a recent sign-in is needed then. */
  @ApiProperty({ format: 'password', required: false })
  @IsOptional()
  @IsString()
  @MaxLength(passwordLimits.max)
  password?: string;

  /** Six digits of the app, or a recovery code. @example 123456 */
  @IsString()
  @MaxLength(40)
  code!: string;
}
