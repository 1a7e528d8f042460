import { ApiProperty } from '@nestjs/swagger';

/** A device that is signed in. */
export class SessionDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** What the device called itself when it signed in. */
  device!: string | null;

  /** Address it was last used from. */
  ipAddress!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  lastUsedAt!: string;

  /** When it ends, however busy it is. */
  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;

  /** Whether this very call came from it. */
  current!: boolean;
}
