import { ApiProperty } from '@nestjs/swagger';

const section = { type: 'object', additionalProperties: true } as const;

/** Everything held about the user, by the module that holds it. */
export class MyDataDto {
  @ApiProperty({ format: 'date-time' })
  exportedAt!: string;

  /** Profile, sessions, API keys and the audit trail. */
  @ApiProperty(section)
  account!: Record<string, unknown>;

  @ApiProperty(section)
  gmail!: Record<string, unknown>;

  @ApiProperty(section)
  email!: Record<string, unknown>;

  @ApiProperty(section)
  billing!: Record<string, unknown>;

  @ApiProperty(section)
  jobs!: Record<string, unknown>;

  @ApiProperty(section)
  webhooks!: Record<string, unknown>;
}
