import { ApiProperty } from '@nestjs/swagger';

export class LabelDto {
  /** What filters, actions and rules take. */
  id!: string;
  name!: string;

  @ApiProperty({ enum: ['system', 'user'] })
  type!: 'system' | 'user';
}

export class LabelListDto {
  data!: LabelDto[];
}
