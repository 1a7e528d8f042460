import { Transform, Type } from 'class-transformer';
import {
  IsBoolean,
  IsInt,
  IsLocale,
  IsObject,
  IsOptional,
  IsString,
  IsTimeZone,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';

/** What a user prefers; what is left out stays as it is, and null takes it back. */
export class PreferencesDto {
  /** IANA name. @example Europe/London */
  @IsOptional()
  @IsTimeZone()
  timeZone?: string;

  /** Language to be written to in. @example en-GB */
  @IsOptional()
  @IsLocale()
  locale?: string;

  /** Whether we may write about the account's state, such as credits that run out. */
  @IsOptional()
  @IsBoolean()
  notifications?: boolean;

  /** Language of summaries: `auto` for the mail's own, or a BCP 47 tag. Summaries that exist stay as they are. @example de */
  @IsOptional()
  @Matches(/^(?:auto|[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3})$/, {
    message: 'summaryLanguage must be auto or a BCP 47 tag',
  })
  summaryLanguage?: string;

  /** Whether to mail a digest of each day on the morning after. Needs a verified address. */
  @IsOptional()
  @IsBoolean()
  digest?: boolean;

  /** Hour (0 to 23, in `timeZone`) from which the digest is sent. Default 7. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(23)
  digestHour?: number;

  /** Days after which a summary is emptied for good. Left out or null: never. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(3_650)
  summaryRetentionDays?: number;
}

export class UpdateProfileDto {
  /** @example Ada Lovelace */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @IsString()
  @Length(1, 120)
  name?: string;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => PreferencesDto)
  preferences?: PreferencesDto;
}
