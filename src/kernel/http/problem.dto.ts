import { ApiProperty } from '@nestjs/swagger';
import type { FieldFault } from '../errors/domain-error';
import type { Problem } from './problem';

/** One bad field of an input. */
export class FieldFaultDto implements FieldFault {
  @ApiProperty({ description: 'JSON pointer to the field.', example: '/email' })
  path!: string;

  @ApiProperty({ example: 'email must be an email' })
  message!: string;
}

/** The body of every error answer (RFC 9457). */
export class ProblemDto implements Problem {
  @ApiProperty({ format: 'uri', example: 'urn:inbrief:problem:request.invalid' })
  type!: string;

  @ApiProperty({ example: 'Bad Request' })
  title!: string;

  @ApiProperty({ type: 'integer', minimum: 400, maximum: 599, example: 400 })
  status!: number;

  @ApiProperty({ example: 'The request is malformed.' })
  detail!: string;

  @ApiProperty({
    description: 'Stable; branch on it.',
    pattern: '^[a-z-]+\\.[a-z0-9-]+$',
    example: 'request.invalid',
  })
  code!: string;

  @ApiProperty({ example: '0190f5a2-7c1e-7d3a-9a55-1f2e3d4c5b6a' })
  requestId!: string;

  @ApiProperty({ type: [FieldFaultDto], required: false })
  faults?: FieldFaultDto[];
}
