import { IsOptional, IsString, MaxLength } from 'class-validator';

export class StartGoogleSignInDto {
  /** Page that takes the code, one of RETURN_URLS and registered at Google; the console when left out. */
  @IsOptional()
  @IsString()
  @MaxLength(2_000)
  redirectUri?: string;
}

export class GoogleSignInDto {
  /** Google's page; open it in a browser. */
  url!: string;

  /** Comes back beside the code: compare it, or somebody may have begun this sign-in for you. */
  state!: string;

  /** Keep it and send it with the code: without it nobody can finish this sign-in. */
  codeVerifier!: string;
}
