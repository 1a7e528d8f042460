import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  Length,
  ValidateIf,
} from 'class-validator';
import { type WebhookEventType, webhookEventTypes } from '../domain/event-types';

/** What to change; what is absent stays as it is. */
export class EditWebhookEndpointDto {
  /** Where events are posted to; what is on its way goes there too. */
  @ValidateIf(isGiven('url'))
  @IsString()
  @Length(1, 2_048)
  url?: string;

  @ApiProperty({
    enum: webhookEventTypes,
    enumName: 'WebhookEventType',
    isArray: true,
    required: false,
  })
  @ValidateIf(isGiven('eventTypes'))
  @ArrayNotEmpty()
  @ArrayMaxSize(webhookEventTypes.length)
  @ArrayUnique()
  @IsIn(webhookEventTypes, { each: true })
  eventTypes?: WebhookEventType[];

  /** Null takes it away. */
  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  description?: string | null;

  /** False sends nothing more, also not what is on its way; true sends what happens from now on. */
  @ValidateIf(isGiven('enabled'))
  @IsBoolean()
  enabled?: boolean;
}

/** Null is no way to leave something out here. */
function isGiven(property: keyof EditWebhookEndpointDto) {
  return (body: EditWebhookEndpointDto): boolean => body[property] !== undefined;
}
