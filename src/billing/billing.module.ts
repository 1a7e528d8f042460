import { Module } from '@nestjs/common';
import { AccountsRepository } from './accounts.repository';
import { CaptureCreditsHandler } from './capture-credits/capture-credits.handler';
import { CaptureOnSummaryStored } from './capture-credits/capture-on-summary-stored.saga';
import { GetBalanceController } from './get-balance/get-balance.controller';
import { GetBalanceHandler } from './get-balance/get-balance.handler';
import { GetPaymentController } from './get-payment/get-payment.controller';
import { GetPaymentHandler } from './get-payment/get-payment.handler';
import { GrantCreditsHandler } from './grant-credits/grant-credits.handler';
import { HistoryRepository } from './history.repository';
import { HoldCreditsHandler } from './hold-credits/hold-credits.handler';
import { LedgerRepository } from './ledger.repository';
import { ListPackagesController } from './list-packages/list-packages.controller';
import { ListPackagesHandler } from './list-packages/list-packages.handler';
import { OpenOnUserRegistered } from './open-wallet/open-on-user-registered.saga';
import { OpenWalletHandler } from './open-wallet/open-wallet.handler';
import { PaymentsRepository } from './payments.repository';
import { ProcessStripeEventHandler } from './process-stripe-events/process-stripe-event.handler';
import { ProcessStripeEvents } from './process-stripe-events/process-stripe-events.worker';
import { PurchaseCreditsController } from './purchase-credits/purchase-credits.controller';
import { PurchaseCreditsHandler } from './purchase-credits/purchase-credits.handler';
import { ReceiveStripeEventController } from './receive-stripe-event/receive-stripe-event.controller';
import { ReceiveStripeEventHandler } from './receive-stripe-event/receive-stripe-event.handler';
import { ReleaseCreditsHandler } from './release-credits/release-credits.handler';
import { ReleaseOnSummaryFailed } from './release-credits/release-on-summary-failed.saga';
import { ReleaseOnSummarySkipped } from './release-credits/release-on-summary-skipped.saga';
import { Fulfilment } from './settle-payment/fulfilment';
import { Reclaims } from './settle-payment/reclaims';
import { SettlePaymentHandler } from './settle-payment/settle-payment.handler';
import { StripeClient } from './stripe/stripe.client';
import { WebhookSignature } from './stripe/webhook-signature';
import { StripeEventsRepository } from './stripe-events.repository';

const controllers = [
  ListPackagesController,
  PurchaseCreditsController,
  GetPaymentController,
  ReceiveStripeEventController,
  GetBalanceController,
];
const handlers = [
  OpenWalletHandler,
  GrantCreditsHandler,
  HoldCreditsHandler,
  CaptureCreditsHandler,
  ReleaseCreditsHandler,
  GetBalanceHandler,
  ListPackagesHandler,
  PurchaseCreditsHandler,
  GetPaymentHandler,
  ReceiveStripeEventHandler,
  ProcessStripeEventHandler,
  SettlePaymentHandler,
];
const sagas = [OpenOnUserRegistered, CaptureOnSummaryStored, ReleaseOnSummaryFailed, ReleaseOnSummarySkipped];
const workerTasks = [ProcessStripeEvents];
const repositories = [
  LedgerRepository,
  AccountsRepository,
  PaymentsRepository,
  StripeEventsRepository,
  HistoryRepository,
];

/** Credits and money: the ledger, Stripe, and what a user reads of both. */
@Module({
  controllers,
  providers: [
    ...handlers,
    ...sagas,
    ...workerTasks,
    ...repositories,
    Fulfilment,
    Reclaims,
    StripeClient,
    WebhookSignature,
  ],
})
export class BillingModule {}
