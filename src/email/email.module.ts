import { Logger, Module } from '@nestjs/common';
import { AbandonSummaryHandler } from './abandon-summary/abandon-summary.handler';
import { AnthropicBatches } from './anthropic/anthropic-batches.client';
import { AnthropicClient } from './anthropic/anthropic.client';
import { BatchMetrics } from './batch-metrics';
import { BatchesRepository } from './batches.repository';
import {
  CloseBatchHandler,
  KeepBatchAnswerHandler,
  ListBatchOutcomesHandler,
} from './close-batch/close-batch.handler';
import { CountOpenBatchesHandler } from './count-batches/count-open-batches.handler';
import { CountSummariesHandler } from './count-summaries/count-summaries.handler';
import { DraftSummaryHandler } from './draft-summary/draft-summary.handler';
import { EmailRepository } from './email.repository';
import { UsageRepository } from './usage.repository';
import { GetEmailPersonalDataHandler } from './export-summaries/get-email-personal-data.handler';
import { ForgetOnUserDeleted } from './forget-user/forget-on-user-deleted.saga';
import { ForgetUserHandler } from './forget-user/forget-user.handler';
import { GetDigestController } from './get-digest/get-digest.controller';
import { GetDigestHandler } from './get-digest/get-digest.handler';
import { GetSummarisedMailHandler } from './get-summarised-mail/get-summarised-mail.handler';
import { GetSummaryController } from './get-summary/get-summary.controller';
import { GetSummaryHandler } from './get-summary/get-summary.handler';
import { GiveFeedbackController } from './give-feedback/give-feedback.controller';
import { GiveFeedbackHandler } from './give-feedback/give-feedback.handler';
import { DigestClock } from './mail-digest/digest-clock';
import { MailDigestHandler } from './mail-digest/mail-digest.handler';
import { MailOnDigestDue } from './mail-digest/mail-on-digest-due.saga';
import { MarkReadController } from './mark-read/mark-read.controller';
import { MarkReadHandler } from './mark-read/mark-read.handler';
import { PurgeSummariesHandler } from './purge-summaries/purge-summaries.handler';
import { RetentionRepository } from './retention.repository';
import { UnsubscribeDigestController } from './unsubscribe-digest/unsubscribe-digest.controller';
import { UnsubscribeDigestHandler } from './unsubscribe-digest/unsubscribe-digest.handler';
import { EnvDto } from '../kernel/config/env.dto';
import { KeepAnswerHandler } from './keep-answer/keep-answer.handler';
import { ListSummaryFactsHandler } from './list-facts/list-summary-facts.handler';
import { RunRulesOnSummaryStored } from './list-facts/run-rules-on-summary-stored.saga';
import { ListSummariesController } from './list-summaries/list-summaries.controller';
import { ListSummariesHandler } from './list-summaries/list-summaries.handler';
import { MailCleaner } from './mail-cleaner/mail-cleaner';
import { MailReader } from './mail-reader';
import { ModelMetrics } from './model-metrics';
import { PrepareMailHandler } from './prepare-mail/prepare-mail.handler';
import { ReadingRepository } from './reading.repository';
import { StoreSummariesHandler } from './store-summaries/store-summaries.handler';
import { SpendCap } from './spend-cap';
import { ensureKnownModels, uncachedModels } from './summariser/known-models';
import { systemPrompt } from './summariser/prompt';
import { Summariser } from './summariser/summariser';
import { RecordBatchHandler, SubmitBatchHandler } from './submit-batch/submit-batch.handler';
import { CollectResults } from './tend-batch/collect-results';
import { LostBatches } from './tend-batch/lost-batches';
import { TendBatchHandler } from './tend-batch/tend-batch.handler';

const handlers = [
  DraftSummaryHandler,
  StoreSummariesHandler,
  KeepAnswerHandler,
  AbandonSummaryHandler,
  PrepareMailHandler,
  RecordBatchHandler,
  SubmitBatchHandler,
  TendBatchHandler,
  ListBatchOutcomesHandler,
  KeepBatchAnswerHandler,
  CloseBatchHandler,
  ListSummariesHandler,
  GetSummaryHandler,
  GetSummarisedMailHandler,
  GetDigestHandler,
  GiveFeedbackHandler,
  CountOpenBatchesHandler,
  CountSummariesHandler,
  ListSummaryFactsHandler,
  GetEmailPersonalDataHandler,
  ForgetUserHandler,
  MarkReadHandler,
  MailDigestHandler,
  PurgeSummariesHandler,
  UnsubscribeDigestHandler,
];
const sagas = [MailOnDigestDue, RunRulesOnSummaryStored, ForgetOnUserDeleted];

/** Clean text in, a structured summary out. */
@Module({
  controllers: [
    ListSummariesController,
    GetSummaryController,
    GetDigestController,
    GiveFeedbackController,
    MarkReadController,
    UnsubscribeDigestController,
  ],
  providers: [
    ...handlers,
    ...sagas,
    EmailRepository,
    UsageRepository,
    BatchesRepository,
    BatchMetrics,
    CollectResults,
    LostBatches,
    MailCleaner,
    MailReader,
    ModelMetrics,
    ReadingRepository,
    RetentionRepository,
    DigestClock,
    SpendCap,
    Summariser,
    AnthropicClient,
    AnthropicBatches,
  ],
})
export class EmailModule {
  constructor(env: EnvDto) {
    ensureKnownModels(env);
    const uncached = uncachedModels([env.ANTHROPIC_MODEL, env.ANTHROPIC_FALLBACK_MODEL], systemPrompt);
    for (const model of uncached)
      new Logger(EmailModule.name).warn(`The system prompt is too short for the cache of ${model}`);
  }
}
