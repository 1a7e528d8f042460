import { IsString, MaxLength } from 'class-validator';

export class VerifyEmailDto {
  /** The token out of the mail. */
  @IsString()
  @MaxLength(100)
  token!: string;
}
