import { Module } from '@nestjs/common';
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
import { CountSummariesHandler } from './count-summaries/count-summaries.handler';
import { DraftSummaryHandler } from './draft-summary/draft-summary.handler';
import { EmailRepository } from './email.repository';
import { GetEmailPersonalDataHandler } from './export-summaries/get-email-personal-data.handler';
import { ForgetOnUserDeleted } from './forget-user/forget-on-user-deleted.saga';
import { ForgetUserHandler } from './forget-user/forget-user.handler';
import { GetDigestController } from './get-digest/get-digest.controller';
import { GetDigestHandler } from './get-digest/get-digest.handler';
import { GetSummaryController } from './get-summary/get-summary.controller';
import { GetSummaryHandler } from './get-summary/get-summary.handler';
import { GiveFeedbackController } from './give-feedback/give-feedback.controller';
import { GiveFeedbackHandler } from './give-feedback/give-feedback.handler';
import { EnvDto } from '../kernel/config/env.dto';
import { ListSummaryFactsHandler } from './list-facts/list-summary-facts.handler';
import { RunRulesOnSummaryStored } from './list-facts/run-rules-on-summary-stored.saga';
import { ListSummariesController } from './list-summaries/list-summaries.controller';
import { ListSummariesHandler } from './list-summaries/list-summaries.handler';
import { MailReader } from './mail-reader';
import { PrepareMailHandler } from './prepare-mail/prepare-mail.handler';
import { ReadingRepository } from './reading.repository';
import { StoreSummaryHandler } from './store-summary/store-summary.handler';
import { SpendCap } from './spend-cap';
import { ensureKnownModels } from './summariser/known-models';
import { Summariser } from './summariser/summariser';
import { RecordBatchHandler, SubmitBatchHandler } from './submit-batch/submit-batch.handler';
import { CollectResults } from './tend-batch/collect-results';
import { LostBatches } from './tend-batch/lost-batches';
import { TendBatchHandler } from './tend-batch/tend-batch.handler';

const handlers = [
  DraftSummaryHandler,
  StoreSummaryHandler,
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
  GetDigestHandler,
  GiveFeedbackHandler,
  CountSummariesHandler,
  ListSummaryFactsHandler,
  GetEmailPersonalDataHandler,
  ForgetUserHandler,
];
const sagas = [RunRulesOnSummaryStored, ForgetOnUserDeleted];

/** Clean text in, a structured summary out. */
@Module({
  controllers: [ListSummariesController, GetSummaryController, GetDigestController, GiveFeedbackController],
  providers: [
    ...handlers,
    ...sagas,
    EmailRepository,
    BatchesRepository,
    BatchMetrics,
    CollectResults,
    LostBatches,
    MailReader,
    ReadingRepository,
    SpendCap,
    Summariser,
    AnthropicClient,
    AnthropicBatches,
  ],
})
export class EmailModule {
  constructor(env: EnvDto) {
    ensureKnownModels(env);
  }
}
