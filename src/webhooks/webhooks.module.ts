import { Module } from '@nestjs/common';
import { EnvDto } from '../kernel/config/env.dto';
import { parseKeyRing } from '../kernel/crypto/key-ring';
import { TokenCipher } from '../kernel/crypto/token-cipher';
import { CreateEndpointController } from './create-endpoint/create-endpoint.controller';
import { CreateEndpointHandler } from './create-endpoint/create-endpoint.handler';
import { DeleteEndpointController } from './delete-endpoint/delete-endpoint.controller';
import { DeleteEndpointHandler } from './delete-endpoint/delete-endpoint.handler';
import { AttemptDelivery } from './deliver-events/attempt-delivery';
import { DeliverEvents } from './deliver-events/deliver-events.worker';
import { DeliveryWakeUp } from './deliver-events/delivery-wake-up';
import { DeliveriesRepository } from './deliveries.repository';
import { DisableEndpointsHandler } from './disable-endpoints/disable-endpoints.handler';
import { DisableOnUserSuspended } from './disable-endpoints/disable-on-user-suspended.saga';
import { EditEndpointController } from './edit-endpoint/edit-endpoint.controller';
import { EditEndpointHandler } from './edit-endpoint/edit-endpoint.handler';
import { EndpointsRepository } from './endpoints.repository';
import { GetWebhooksPersonalDataHandler } from './export-webhooks/get-webhooks-personal-data.handler';
import { ForgetEndpointsHandler } from './forget-user/forget-endpoints.handler';
import { ForgetEndpointsOnUserDeleted } from './forget-user/forget-on-user-deleted.saga';
import { ListDeliveriesController } from './list-deliveries/list-deliveries.controller';
import { GetDeliveryHandler, ListDeliveriesHandler } from './list-deliveries/list-deliveries.handler';
import { ListEndpointsController } from './list-endpoints/list-endpoints.controller';
import { GetEndpointHandler, ListEndpointsHandler } from './list-endpoints/list-endpoints.handler';
import { MailOnEndpointDisabled } from './mail-disabled/mail-on-endpoint-disabled.saga';
import { PurgeDeliveries } from './purge-deliveries/purge-deliveries.worker';
import { RecordOnConnectionNeedsReauth } from './record-event/record-on-connection-needs-reauth.saga';
import { RecordOnCreditsLow } from './record-event/record-on-credits-low.saga';
import { RecordOnRunFinished } from './record-event/record-on-run-finished.saga';
import { RecordOnSummaryStored } from './record-event/record-on-summary-stored.saga';
import { RecordWebhookEventHandler } from './record-event/record-webhook-event.handler';
import { ReplayDeliveryController } from './replay-delivery/replay-delivery.controller';
import { ReplayDeliveryHandler } from './replay-delivery/replay-delivery.handler';
import { RewrapWebhookSecretsHandler } from './rewrap-secrets/rewrap-webhook-secrets.handler';
import { RotateSecretController } from './rotate-secret/rotate-secret.controller';
import { RotateSecretHandler } from './rotate-secret/rotate-secret.handler';
import { SecretVault } from './secret-vault';
import { SendTestEventController } from './send-test-event/send-test-event.controller';
import { SendTestEventHandler } from './send-test-event/send-test-event.handler';
import { resolveByDns } from './sending/guarded-lookup';
import { RESOLVE, WebhookSender } from './sending/webhook-sender';
import { TurnsRepository } from './turns.repository';
import { WebhookMetrics } from './webhook-metrics';

const handlers = [
  CreateEndpointHandler,
  ListEndpointsHandler,
  GetEndpointHandler,
  EditEndpointHandler,
  DeleteEndpointHandler,
  RotateSecretHandler,
  SendTestEventHandler,
  ListDeliveriesHandler,
  GetDeliveryHandler,
  ReplayDeliveryHandler,
  RecordWebhookEventHandler,
  DisableEndpointsHandler,
  ForgetEndpointsHandler,
  GetWebhooksPersonalDataHandler,
  RewrapWebhookSecretsHandler,
];
const sagas = [
  RecordOnSummaryStored,
  RecordOnRunFinished,
  RecordOnCreditsLow,
  RecordOnConnectionNeedsReauth,
  DisableOnUserSuspended,
  MailOnEndpointDisabled,
  ForgetEndpointsOnUserDeleted,
];
const workerTasks = [DeliverEvents, PurgeDeliveries];

/** What a user's own systems are told, and what came of it. */
@Module({
  controllers: [
    CreateEndpointController,
    ListEndpointsController,
    EditEndpointController,
    DeleteEndpointController,
    RotateSecretController,
    SendTestEventController,
    ListDeliveriesController,
    ReplayDeliveryController,
  ],
  providers: [
    ...handlers,
    ...sagas,
    ...workerTasks,
    AttemptDelivery,
    DeliveryWakeUp,
    EndpointsRepository,
    DeliveriesRepository,
    TurnsRepository,
    WebhookMetrics,
    SecretVault,
    WebhookSender,
    { provide: RESOLVE, useValue: resolveByDns },
    {
      provide: TokenCipher,
      inject: [EnvDto],
      useFactory: (env: EnvDto) => new TokenCipher(parseKeyRing(env.TOKEN_KEYS)),
    },
  ],
})
export class WebhooksModule {}
