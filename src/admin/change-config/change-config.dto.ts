import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Max, Min, ValidateIf, IsDefined } from 'class-validator';
import { ReasonDto } from '../reason.dto';

const anyJson = {
  oneOf: [
    { type: 'boolean' },
    { type: 'number' },
    { type: 'string' },
    { type: 'object', additionalProperties: true },
    { type: 'array', items: {} },
    { type: 'null' },
  ],
};

export class SettingDto {
  key!: string;
  /** What it does, with units. */
  doc!: string;
  /** What a value must be. */
  mustBe!: string;
  @ApiProperty({ ...anyJson, description: 'What applies now.' })
  value!: unknown;
  @ApiProperty({ ...anyJson, description: 'What applies while nothing sound is stored.' })
  default!: unknown;
  /** Whether a stored value applies. */
  overridden!: boolean;
  /** Why the stored value does not apply. */
  fault!: string | null;
  /** Of the stored value; 0 where there never was one. Name it to change the setting. */
  version!: number;
  reason!: string | null;
  updatedAt!: Date | null;
}

export class SettingsDto {
  data!: SettingDto[];
}

export class ResetSettingDto extends ReasonDto {
  /** The version you looked at. */
  @IsInt()
  @Min(0)
  @Max(2_000_000_000)
  expectedVersion!: number;
}

export class ChangeSettingDto extends ResetSettingDto {
  @ApiProperty({ ...anyJson, description: 'The new value, as `mustBe` says.' })
  @ValidateIf((_body, value) => value !== null)
  @IsDefined()
  value!: unknown;
}

export class ChangedSettingDto {
  version!: number;
}

export class SettingVersionDto {
  version!: number;
  @ApiProperty({ ...anyJson, description: 'Null with `isSet` false: the default.' })
  value!: unknown;
  isSet!: boolean;
  /** An administrator's id, or `cli:` and the operator's name. */
  changedBy!: string;
  reason!: string;
  changedAt!: Date;
}

export class SettingHistoryDto {
  data!: SettingVersionDto[];
}
