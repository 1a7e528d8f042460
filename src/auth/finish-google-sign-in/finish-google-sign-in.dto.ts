import { IsOptional, IsString, MaxLength } from 'class-validator';

export class FinishGoogleSignInDto {
  /** What Google sent the browser back with. */
  @IsString()
  @MaxLength(2_000)
  code!: string;

  /** From the start of this sign-in. */
  @IsString()
  @MaxLength(128)
  codeVerifier!: string;

  /** The same as at the start. */
  @IsOptional()
  @IsString()
  @MaxLength(2_000)
  redirectUri?: string;
}
