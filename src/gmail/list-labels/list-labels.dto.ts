import { ApiProperty } from '@nestjs/swagger';

export class LabelDto {
  /** What filters, actions and rules take. */
  @ApiProperty({ pattern: '^[\\w-]{1,100}$', maxLength: 100, example: 'Label_7' })
  id!: string;
  name!: string;

  @ApiProperty({ enum: ['system', 'user'] })
  type!: 'system' | 'user';
}

export class LabelListDto {
  data!: LabelDto[];
}
