import { Module } from '@nestjs/common';
import { AccountsRepository } from './accounts.repository';
import { AdjustCreditsHandler } from './adjust-credits/adjust-credits.handler';
import {
  FindPaymentsHandler,
  FindStripeEventsHandler,
  ListRevenueDaysHandler,
  ReplayStripeEventHandler,
} from './administer-payments/administer-payments.handler';
import { BillingAdministrationRepository } from './administration.repository';
import { BillingSamples } from './billing-samples';
import { CaptureCreditsHandler } from './capture-credits/capture-credits.handler';
import { CaptureOnSummaryStored } from './capture-credits/capture-on-summary-stored.saga';
import { CheckLedgerHandler } from './check-ledger/check-ledger.handler';
import { GetLedgerHealthHandler } from './check-ledger/get-ledger-health.handler';
import { VerifyLedgerHandler } from './check-ledger/verify-ledger.handler';
import { CloseStatementsHandler } from './close-statements/close-statements.handler';
import { ConfigureTopUpController } from './configure-top-up/configure-top-up.controller';
import { ConfigureTopUpHandler } from './configure-top-up/configure-top-up.handler';
import { GetTopUpHandler } from './configure-top-up/get-top-up.handler';
import { CreditFlow } from './credit-flow';
import { ExpireCreditsHandler } from './expire-credits/expire-credits.handler';
import { GetBillingPersonalDataHandler } from './export-billing/get-billing-personal-data.handler';
import { ExportStatementController } from './export-statement/export-statement.controller';
import { ExportStatementHandler } from './export-statement/export-statement.handler';
import { ForgetPayerOnUserDeleted } from './forget-payer/forget-on-user-deleted.saga';
import { ForgetPayerHandler } from './forget-payer/forget-payer.handler';
import { GetBalanceController } from './get-balance/get-balance.controller';
import { GetBalanceHandler } from './get-balance/get-balance.handler';
import { GetPaymentController } from './get-payment/get-payment.controller';
import { GetPaymentHandler } from './get-payment/get-payment.handler';
import { GrantCreditsHandler } from './grant-credits/grant-credits.handler';
import { HistoryRepository } from './history.repository';
import { HoldCreditsHandler } from './hold-credits/hold-credits.handler';
import { JournalRepository } from './journal.repository';
import { LedgerRepository } from './ledger.repository';
import { ListHistoryController } from './list-history/list-history.controller';
import { ListHistoryHandler } from './list-history/list-history.handler';
import { ListPackagesController } from './list-packages/list-packages.controller';
import { ListPackagesHandler } from './list-packages/list-packages.handler';
import { ListTransactionsController } from './list-transactions/list-transactions.controller';
import { ListTransactionsHandler } from './list-transactions/list-transactions.handler';
import { OpenOnUserRegistered } from './open-wallet/open-on-user-registered.saga';
import { OpenWalletHandler } from './open-wallet/open-wallet.handler';
import { PaymentsRepository } from './payments.repository';
import { PollStripeEventsHandler } from './poll-stripe-events/poll-stripe-events.handler';
import { ProcessStripeEventHandler } from './process-stripe-events/process-stripe-event.handler';
import { ProcessStripeEvents } from './process-stripe-events/process-stripe-events.worker';
import { PurchaseCreditsController } from './purchase-credits/purchase-credits.controller';
import { PurchaseCreditsHandler } from './purchase-credits/purchase-credits.handler';
import { QuoteCreditsHandler } from './quote-credits/quote-credits.handler';
import { ReceiveStripeEventController } from './receive-stripe-event/receive-stripe-event.controller';
import { ReceiveStripeEventHandler } from './receive-stripe-event/receive-stripe-event.handler';
import { PayBackOnRefundRequested } from './refund-purchase/pay-back-on-refund-requested.saga';
import { PayBackHandler } from './refund-purchase/pay-back.handler';
import { RefundPurchaseController } from './refund-purchase/refund-purchase.controller';
import { RefundPurchaseHandler } from './refund-purchase/refund-purchase.handler';
import { ReleaseCreditsHandler } from './release-credits/release-credits.handler';
import { ReleaseOnSummaryFailed } from './release-credits/release-on-summary-failed.saga';
import { ReleaseOnSummarySkipped } from './release-credits/release-on-summary-skipped.saga';
import { ReportOverdueHoldsHandler } from './report-overdue-holds/report-overdue-holds.handler';
import { BillingDuties } from './run-duties/billing-duties.worker';
import { ScheduleRepository } from './schedule.repository';
import { Fulfilment } from './settle-payment/fulfilment';
import { Reclaims } from './settle-payment/reclaims';
import { SettlePaymentHandler } from './settle-payment/settle-payment.handler';
import { StripeEventsRepository } from './stripe-events.repository';
import { StripeClient } from './stripe/stripe.client';
import { WebhookSignature } from './stripe/webhook-signature';
import { BeginOnCreditsLow } from './top-up-credits/begin-on-credits-low.saga';
import { BeginTopUpHandler } from './top-up-credits/begin-top-up.handler';
import { ChargeTopUpHandler } from './top-up-credits/charge-top-up.handler';
import { WatchPayments } from './watch-payments/watch-payments.worker';

const controllers = [
  ListPackagesController,
  PurchaseCreditsController,
  GetPaymentController,
  ReceiveStripeEventController,
  GetBalanceController,
  ListTransactionsController,
  ListHistoryController,
  ExportStatementController,
  ConfigureTopUpController,
  RefundPurchaseController,
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
  PollStripeEventsHandler,
  ListTransactionsHandler,
  ListHistoryHandler,
  ForgetPayerHandler,
  GetBillingPersonalDataHandler,
  ExportStatementHandler,
  CloseStatementsHandler,
  ConfigureTopUpHandler,
  GetTopUpHandler,
  BeginTopUpHandler,
  ChargeTopUpHandler,
  RefundPurchaseHandler,
  PayBackHandler,
  AdjustCreditsHandler,
  QuoteCreditsHandler,
  ExpireCreditsHandler,
  ReportOverdueHoldsHandler,
  CheckLedgerHandler,
  GetLedgerHealthHandler,
  VerifyLedgerHandler,
  FindPaymentsHandler,
  FindStripeEventsHandler,
  ListRevenueDaysHandler,
  ReplayStripeEventHandler,
];
const sagas = [
  ForgetPayerOnUserDeleted,
  OpenOnUserRegistered,
  CaptureOnSummaryStored,
  ReleaseOnSummaryFailed,
  ReleaseOnSummarySkipped,
  BeginOnCreditsLow,
  PayBackOnRefundRequested,
];
const workerTasks = [ProcessStripeEvents, WatchPayments, BillingDuties];
const repositories = [
  LedgerRepository,
  AccountsRepository,
  BillingAdministrationRepository,
  PaymentsRepository,
  StripeEventsRepository,
  HistoryRepository,
  JournalRepository,
  ScheduleRepository,
];

/** Credits and money: the ledger, Stripe, and what a user reads of both. */
@Module({
  controllers,
  providers: [
    ...handlers,
    ...sagas,
    ...workerTasks,
    ...repositories,
    BillingSamples,
    CreditFlow,
    Fulfilment,
    Reclaims,
    StripeClient,
    WebhookSignature,
  ],
})
export class BillingModule {}
