import { ApiProperty } from '@nestjs/swagger';
import { type WebhookEventType, webhookEventTypes } from '../domain/event-types';
import type { WebhookEndpoint } from '../endpoints.repository';

/** Why nothing is sent to an endpoint. */
const disabledReasons = ['by-owner', 'gone', 'unreachable', 'account-suspended'] as const;
export type DisabledReason = (typeof disabledReasons)[number];

/** A system of the user's that is told what happens; its secret is not shown again. */
export class WebhookEndpointDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  url!: string;

  description!: string | null;

  @ApiProperty({ enum: webhookEventTypes, enumName: 'WebhookEventType', isArray: true })
  eventTypes!: WebhookEventType[];

  enabled!: boolean;

  /** `by-owner`; `gone`: it answered 410; `unreachable`: it took nothing for three days. */
  @ApiProperty({
    enum: disabledReasons,
    enumName: 'WebhookDisabledReason',
    type: String,
    nullable: true,
  })
  disabledReason!: DisabledReason | null;

  @ApiProperty({ format: 'date-time', type: String, nullable: true })
  disabledAt!: string | null;

  /** When it last took an event. */
  @ApiProperty({ format: 'date-time', type: String, nullable: true })
  lastSucceededAt!: string | null;

  /** Until when events are signed with the secret before the last rotation too. */
  @ApiProperty({ format: 'date-time', type: String, nullable: true })
  previousSecretUntil!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class WebhookEndpointListDto {
  data!: WebhookEndpointDto[];
}

/** What of an endpoint its owner may edit. */
export function editableOfEndpoint({
  url,
  description,
  eventTypes,
  enabled,
}: Pick<WebhookEndpointDto, 'url' | 'description' | 'eventTypes' | 'enabled'>): unknown {
  return [url, description, eventTypes, enabled];
}

/** An endpoint as the API shows it. */
export function webhookEndpointDto(row: WebhookEndpoint): WebhookEndpointDto {
  const { id, url, description, eventTypes, disabledAt, disabledReason } = row;
  return {
    ...{ id, url, description },
    eventTypes: eventTypes as WebhookEventType[],
    enabled: disabledAt === null,
    disabledReason: disabledReason as DisabledReason | null,
    disabledAt: disabledAt?.toISOString() ?? null,
    lastSucceededAt: row.lastSucceededAt?.toISOString() ?? null,
    previousSecretUntil: row.previousSecretUntil?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}
