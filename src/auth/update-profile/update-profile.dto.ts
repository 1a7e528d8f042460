import { Transform, Type } from 'class-transformer';
import {
  IsBoolean,
  IsLocale,
  IsObject,
  IsOptional,
  IsString,
  IsTimeZone,
  Length,
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
