import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PageOf, PageQueryDto } from '../../kernel/http/page';
import type { DeliveryRow, WebhookAttempt } from '../deliveries.repository';
import { deliveredEventTypes, messageIdOf } from '../domain/event-types';

const deliveryStates = ['pending', 'delivered', 'failed'] as const;
type DeliveryState = (typeof deliveryStates)[number];

export class ListWebhookDeliveriesDto extends PageQueryDto {
  /** Only deliveries in this state. */
  @IsOptional()
  @IsIn(deliveryStates)
  state?: DeliveryState;
}

/** One event for one endpoint. */
export class WebhookDeliveryDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** The `webhook-id` that it is sent under, the same for every attempt and replay. */
  messageId!: string;

  @ApiProperty({ enum: deliveredEventTypes, enumName: 'DeliveredEventType' })
  eventType!: string;

  @ApiProperty({ enum: deliveryStates, enumName: 'WebhookDeliveryState' })
  state!: DeliveryState;

  /** Times it was sent, replays included. */
  attempts!: number;

  /** Why the last attempt failed; `endpoint-disabled` when none was made any more. */
  @ApiProperty({ type: String, nullable: true })
  errorCode!: string | null;

  /** When it is sent next; null when it has ended. */
  @ApiProperty({ format: 'date-time', type: String, nullable: true })
  nextAttemptAt!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time', type: String, nullable: true })
  finishedAt!: string | null;
}

/** One time that it was sent. An attempt whose worker died before it could tell is missing. */
export class WebhookAttemptDto {
  @ApiProperty({ type: 'integer' })
  attempt!: number;

  @ApiProperty({ format: 'date-time' })
  startedAt!: string;

  /** Milliseconds from the look-up of the name to the head of the answer's body. */
  @ApiProperty({ type: 'integer' })
  latencyMs!: number;

  /** HTTP status of the answer; null where there was none. */
  @ApiProperty({ type: 'integer', nullable: true })
  status!: number | null;

  /** Null when it was taken. @example timeout */
  @ApiProperty({ type: String, nullable: true })
  errorCode!: string | null;

  /** How the answer's body begins, 500 characters at most. */
  @ApiProperty({ type: String, nullable: true })
  responseHead!: string | null;
}

export class WebhookDeliveryDetailDto extends WebhookDeliveryDto {
  /** The body that is sent, as JSON text. */
  payload!: string;

  log!: WebhookAttemptDto[];
}

export class WebhookDeliveryPage extends PageOf(WebhookDeliveryDto) {}

/** A delivery as the API shows it. */
export function webhookDeliveryDto(row: DeliveryRow): WebhookDeliveryDto {
  const { id, eventId, eventType, state, attempts, errorCode, nextAttemptAt, createdAt, finishedAt } = row;
  return {
    ...{ id, eventType, attempts, errorCode },
    messageId: messageIdOf(eventId),
    state: state as DeliveryState,
    nextAttemptAt: state === 'pending' ? nextAttemptAt.toISOString() : null,
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}

/** An attempt as the API shows it. */
export function webhookAttemptDto(row: WebhookAttempt): WebhookAttemptDto {
  const { attempt, startedAt, latencyMs, status, errorCode, responseHead } = row;
  return { attempt, startedAt: startedAt.toISOString(), latencyMs, status, errorCode, responseHead };
}
