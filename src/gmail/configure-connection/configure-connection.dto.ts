import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
} from 'class-validator';

const labelId = /^[\w-]{1,100}$/;
const message = 'each label must be an id as Gmail gives it, such as CATEGORY_PROMOTIONS or Label_7';

/** What to change; what is absent stays as it is. */
export class ConfigureConnectionDto {
  /** True pauses the reading, false resumes it. */
  @IsOptional()
  @IsBoolean()
  paused?: boolean;

  /** Gmail label ids of which a mail must carry one; empty for every mail. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @Matches(labelId, { each: true, message })
  onlyLabels?: string[];

  /** Gmail label ids of which a mail must carry none. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @Matches(labelId, { each: true, message })
  skipLabels?: string[];

  /** How many days back mails are read; mails that were found already stay. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(3_650)
  backfillDays?: number;
}
