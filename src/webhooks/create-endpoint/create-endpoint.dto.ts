import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsIn,
  IsOptional,
  IsString,
  Length,
} from 'class-validator';
import { type WebhookEventType, webhookEventTypes } from '../domain/event-types';
import { WebhookEndpointDto } from '../list-endpoints/list-endpoints.dto';

export class CreateWebhookEndpointDto {
  /** Where events are posted to: https, port 443 or 8443, a public address, no credentials in it. @example https://example.com/inbrief */
  @IsString()
  @Length(1, 2_048)
  url!: string;

  /** What it is told about. */
  @ApiProperty({ enum: webhookEventTypes, enumName: 'WebhookEventType', isArray: true })
  @ArrayNotEmpty()
  @ArrayMaxSize(webhookEventTypes.length)
  @ArrayUnique()
  @IsIn(webhookEventTypes, { each: true })
  eventTypes!: WebhookEventType[];

  /** What the system is, for its owner. @example Our ticket system */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  description?: string;
}

export class CreatedWebhookEndpointDto {
  endpoint!: WebhookEndpointDto;

  /** What events are signed with, `whsec_` and 32 bytes in base64. Shown this once. */
  secret!: string;
}
