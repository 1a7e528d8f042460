import { IsString, MaxLength } from 'class-validator';

export class CodeDto {
  /** Six digits of the app, or a recovery code. @example 123456 */
  @IsString()
  @MaxLength(40)
  code!: string;
}

export class RecoveryCodesDto {
  /** Each is good for one sign-in without the app. Shown this once. */
  recoveryCodes!: string[];
}
