import { IsBoolean, IsEmail, IsOptional, IsUrl, MaxLength } from 'class-validator';

export class ConnectGmailDto {
  /** Page to return to after the consent; its origin and path must be allowed by RETURN_URLS or be PUBLIC_URL. */
  @IsOptional()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  @MaxLength(2_000)
  returnTo?: string;

  /** Asks also for the permission to change labels, which mailbox actions and rules need. Default: reading only. */
  @IsOptional()
  @IsBoolean()
  actions?: boolean;

  /** The address to choose on Google's page. */
  @IsOptional()
  @IsEmail({ require_tld: false })
  loginHint?: string;
}

export class ConsentDto {
  /** Google's consent page. Open it in a browser within 15 minutes; it works once. */
  consentUrl!: string;
}
