import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayNotEmpty,
  ArrayUnique,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
} from 'class-validator';
import { apiScopes } from '../domain/api-scope';
import { ApiKeyDto } from '../list-api-keys/list-api-keys.dto';

export class CreateApiKeyDto {
  /** What the key is for. @example Nightly export */
  @IsString()
  @Length(1, 80)
  name!: string;

  /** The only things the key may do. */
  @ApiProperty({ enum: apiScopes, isArray: true })
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(apiScopes, { each: true })
  scopes!: string[];

  /** Days until it expires; never when left out. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(3_650)
  expiresInDays?: number;
}

export class CreatedApiKeyDto {
  apiKey!: ApiKeyDto;

  /** Send it as `Authorization: Bearer`. Shown this once. */
  key!: string;
}
