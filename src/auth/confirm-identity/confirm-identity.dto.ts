import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { passwordLimits } from '../domain/password-policy';

export class ConfirmIdentityDto {
  @ApiProperty({ format: 'password' })
  @IsString()
  @MaxLength(passwordLimits.max)
  password!: string;
}
