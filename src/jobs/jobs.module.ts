import { Module } from '@nestjs/common';
import { AnswerOnHoldsOverdue } from './answer-overdue-holds/answer-on-holds-overdue.saga';
import { AnswerOverdueHoldsHandler } from './answer-overdue-holds/answer-overdue-holds.handler';
import { BackgroundJobsRepository } from './background-jobs.repository';
import { CancelJobController } from './cancel-job/cancel-job.controller';
import { CancelJobHandler } from './cancel-job/cancel-job.handler';
import { CancelRunController } from './cancel-run/cancel-run.controller';
import { CancelRunHandler } from './cancel-run/cancel-run.handler';
import { CancelOnUserSuspended } from './cancel-work/cancel-on-user-suspended.saga';
import { CancelOnUserDeleted } from './cancel-work/cancel-on-user-deleted.saga';
import { CancelWorkHandler } from './cancel-work/cancel-work.handler';
import { CountJobsHandler } from './count-jobs/count-jobs.handler';
import { CountMailOutcomesHandler } from './count-outcomes/count-mail-outcomes.handler';
import { DispatchesRepository } from './dispatches.repository';
import { DispatchWakeUp } from './dispatch-jobs/dispatch-wake-up';
import { Dispatcher } from './dispatch-jobs/dispatcher';
import { FindLostWakeUps } from './find-lost-wake-ups/find-lost-wake-ups';
import { GetJobsPersonalDataHandler } from './export-jobs/get-jobs-personal-data.handler';
import { GetProcessingController } from './get-processing/get-processing.controller';
import { GetProcessingHandler } from './get-processing/get-processing.handler';
import { GetQueueHealthHandler } from './get-queue-health/get-queue-health.handler';
import { GetRunController } from './get-run/get-run.controller';
import { GetRunHandler } from './get-run/get-run.handler';
import { JobControlRepository } from './job-control.repository';
import { JobListsRepository } from './job-lists.repository';
import { EndRunsHandler } from './end-runs/end-runs.handler';
import { EndRunsOnSummaryFailed } from './end-runs/end-runs-on-summary-failed.saga';
import { EndRunsOnSummarySkipped } from './end-runs/end-runs-on-summary-skipped.saga';
import { EndRunsOnSummaryStored } from './end-runs/end-runs-on-summary-stored.saga';
import { JobEndings } from './job-endings';
import { JobMetrics } from './job-metrics';
import { JobSamples } from './job-samples';
import { LeaseKeeper } from './lease-keeper';
import { ListJobsController } from './list-jobs/list-jobs.controller';
import { ListJobsHandler } from './list-jobs/list-jobs.handler';
import { OvernightRepository } from './overnight.repository';
import { PauseProcessingController } from './pause-processing/pause-processing.controller';
import { PauseProcessingHandler, ResumeProcessingHandler } from './pause-processing/pause-processing.handler';
import { ProcessEmailsHandler } from './process-emails/process-emails.handler';
import { ProcessEmailsProcessor } from './process-emails/process-emails.processor';
import { Places } from './process-emails/places';
import { ProcessingJobsRepository } from './processing-jobs.repository';
import { QueueEmailsHandler } from './queue-emails/queue-emails.handler';
import { QueueOnEmailsDiscovered } from './queue-emails/queue-on-emails-discovered.saga';
import { QuoteResummaryController } from './quote-resummary/quote-resummary.controller';
import { QuoteResummaryHandler } from './quote-resummary/quote-resummary.handler';
import { QuoteSyncController } from './quote-sync/quote-sync.controller';
import { QuoteSyncHandler } from './quote-sync/quote-sync.handler';
import { RaiseOnPurchase } from './raise-priority/raise-on-purchase.saga';
import { RaisePriorityHandler } from './raise-priority/raise-priority.handler';
import { RecoverJobs } from './recover-jobs/recover-jobs';
import { ReleaseQuarantinedHandler } from './release-quarantined/release-quarantined.handler';
import { ResummariseEmailController } from './resummarise-email/resummarise-email.controller';
import { ResummariseEmailHandler } from './resummarise-email/resummarise-email.handler';
import { ResumeOnCreditsAdded } from './resume-waiting/resume-on-credits-added.saga';
import { ResumeWaitingHandler } from './resume-waiting/resume-waiting.handler';
import { Restart } from './retry-job/restart';
import { RetryJobController } from './retry-job/retry-job.controller';
import { RetryJobHandler } from './retry-job/retry-job.handler';
import { RetryRunController } from './retry-run/retry-run.controller';
import { RetryRunHandler } from './retry-run/retry-run.handler';
import { RunMaintenance } from './run-maintenance/run-maintenance';
import { RunSyncHandler } from './run-sync/run-sync.handler';
import { RunSyncProcessor } from './run-sync/run-sync.processor';
import { ScheduleSyncs } from './schedule-syncs/schedule-syncs';
import {
  ListQuarantinedHandler,
  SearchJobsHandler,
  SearchRunsHandler,
} from './search-jobs/search-jobs.handler';
import { ConnectionsToSync } from './start-sync/connections-to-sync';
import { StartOnMailboxChanged } from './start-sync/start-on-mailbox-changed.saga';
import { StartSyncController } from './start-sync/start-sync.controller';
import { StartSyncHandler, StartSyncsHandler } from './start-sync/start-sync.handler';
import { ChangeStreams } from './stream-changes/change-streams';
import { StreamChangesController } from './stream-changes/stream-changes.controller';
import { StreamChangesHandler } from './stream-changes/stream-changes.handler';
import { StreamsRepository } from './streams.repository';
import { SubmitBatches } from './submit-batches/submit-batches';
import { TendBatches } from './tend-batches/tend-batches';
import { RunEndings } from './run-endings';
import { RunsRepository } from './runs.repository';
import { ListRunsController } from './list-runs/list-runs.controller';
import { ListRunsHandler } from './list-runs/list-runs.handler';
import { TurnsRepository } from './turns.repository';

const handlers = [
  QuoteSyncHandler,
  QuoteResummaryHandler,
  ResummariseEmailHandler,
  StartSyncsHandler,
  StartSyncHandler,
  RunSyncHandler,
  QueueEmailsHandler,
  ResumeWaitingHandler,
  ProcessEmailsHandler,
  EndRunsHandler,
  ListJobsHandler,
  GetRunHandler,
  ListRunsHandler,
  CountJobsHandler,
  CountMailOutcomesHandler,
  AnswerOverdueHoldsHandler,
  CancelWorkHandler,
  GetJobsPersonalDataHandler,
  CancelJobHandler,
  CancelRunHandler,
  RetryJobHandler,
  RetryRunHandler,
  ReleaseQuarantinedHandler,
  PauseProcessingHandler,
  ResumeProcessingHandler,
  RaisePriorityHandler,
  GetProcessingHandler,
  StreamChangesHandler,
  GetQueueHealthHandler,
  SearchJobsHandler,
  SearchRunsHandler,
  ListQuarantinedHandler,
];
const sagas = [
  StartOnMailboxChanged,
  QueueOnEmailsDiscovered,
  ResumeOnCreditsAdded,
  AnswerOnHoldsOverdue,
  CancelOnUserDeleted,
  RaiseOnPurchase,
  CancelOnUserSuspended,
  EndRunsOnSummaryStored,
  EndRunsOnSummarySkipped,
  EndRunsOnSummaryFailed,
];
const workerTasks = [
  LeaseKeeper,
  Dispatcher,
  ProcessEmailsProcessor,
  RunSyncProcessor,
  RecoverJobs,
  FindLostWakeUps,
  ScheduleSyncs,
  RunMaintenance,
  SubmitBatches,
  TendBatches,
];

/** The truth about work, and the workers that do it. */
@Module({
  controllers: [
    QuoteSyncController,
    QuoteResummaryController,
    ResummariseEmailController,
    StartSyncController,
    ListJobsController,
    StreamChangesController,
    ListRunsController,
    GetRunController,
    CancelJobController,
    CancelRunController,
    RetryJobController,
    RetryRunController,
    PauseProcessingController,
    GetProcessingController,
  ],
  providers: [
    ...handlers,
    ...sagas,
    ...workerTasks,
    ConnectionsToSync,
    Restart,
    JobControlRepository,
    TurnsRepository,
    DispatchWakeUp,
    BackgroundJobsRepository,
    Places,
    JobEndings,
    JobMetrics,
    JobSamples,
    JobListsRepository,
    OvernightRepository,
    RunEndings,
    RunsRepository,
    StreamsRepository,
    ChangeStreams,
    ProcessingJobsRepository,
    DispatchesRepository,
  ],
})
export class JobsModule {}
