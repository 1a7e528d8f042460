import { ApiProperty } from '@nestjs/swagger';
import type { ApiKeyRow } from '../api-key.repository';
import { apiScopes } from '../domain/api-scope';

/** An API key, without the key itself. */
export class ApiKeyDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  name!: string;

  /** How the key begins, to tell it from others. */
  prefix!: string;

  @ApiProperty({ enum: apiScopes, isArray: true })
  scopes!: string[];

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  /** To the minute. */
  @ApiProperty({ format: 'date-time', type: String, nullable: true })
  lastUsedAt!: string | null;

  @ApiProperty({ format: 'date-time', type: String, nullable: true })
  expiresAt!: string | null;
}

/** A key as the API shows it. */
export function apiKeyDto({ createdAt, lastUsedAt, expiresAt, ...key }: ApiKeyRow): ApiKeyDto {
  return {
    ...key,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
  };
}
