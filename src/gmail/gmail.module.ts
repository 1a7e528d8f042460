import { Module } from '@nestjs/common';
import { EnvDto } from '../kernel/config/env.dto';
import { parseKeyRing } from '../kernel/crypto/key-ring';
import { TokenCipher } from '../kernel/crypto/token-cipher';
import { ActOnMailsController } from './act-on-mails/act-on-mails.controller';
import { RequestActionsHandler } from './act-on-mails/request-actions.handler';
import { ActionsRepository } from './actions.repository';
import { AddMailRevisionHandler } from './add-mail-revision/add-mail-revision.handler';
import { ApplyActionsHandler } from './apply-actions/apply-actions.handler';
import { ApplyOnActionsRequested } from './apply-actions/apply-on-actions-requested.saga';
import { ConfigureConnectionController } from './configure-connection/configure-connection.controller';
import { ConfigureConnectionHandler } from './configure-connection/configure-connection.handler';
import { ConnectGmailController } from './connect-gmail/connect-gmail.controller';
import { ConnectGmailHandler } from './connect-gmail/connect-gmail.handler';
import { GetGmailConsentUrlHandler } from './connect-gmail/get-gmail-consent-url.handler';
import { DisconnectGmailController } from './disconnect-gmail/disconnect-gmail.controller';
import { DisconnectGmailHandler } from './disconnect-gmail/disconnect-gmail.handler';
import { EstimateSyncHandler } from './estimate-sync/estimate-sync.handler';
import { GetGmailPersonalDataHandler } from './export-mailboxes/get-gmail-personal-data.handler';
import { FetchMailsHandler } from './fetch-mails/fetch-mails.handler';
import { ConfirmQuestions } from './finish-connect/confirm-question';
import { FinishConnectController } from './finish-connect/finish-connect.controller';
import { FinishConnectHandler } from './finish-connect/finish-connect.handler';
import { ForgetMailboxesHandler } from './forget-user/forget-mailboxes.handler';
import { ForgetMailboxesOnUserDeleted } from './forget-user/forget-on-user-deleted.saga';
import { GetConnectionController } from './get-connection/get-connection.controller';
import { GetConnectionHandler } from './get-connection/get-connection.handler';
import { GmailRepository } from './gmail.repository';
import { GmailBatch } from './google/gmail-batch';
import { GmailCalls } from './google/gmail-calls';
import { GmailClient } from './google/gmail-client';
import { GoogleEndpoints } from './google/google-endpoints';
import { GoogleOAuth } from './google/google-oauth';
import { GoogleUpstream } from './google/google-upstream';
import { PushTokenVerifier } from './google/push-token-verifier';
import { ListActionsController } from './list-actions/list-actions.controller';
import { ListActionsHandler } from './list-actions/list-actions.handler';
import { ListConnectionsController } from './list-connections/list-connections.controller';
import { SearchConnectionsHandler } from './search-connections/search-connections.handler';
import { ListConnectionsHandler } from './list-connections/list-connections.handler';
import { ListLabelsController } from './list-labels/list-labels.controller';
import { ListLabelsHandler } from './list-labels/list-labels.handler';
import { ListConnectionsDueForSyncHandler } from './list-due-connections/list-connections-due-for-sync.handler';
import { Mailboxes } from './mailboxes';
import { quotaProviders } from './quota/quota.provider';
import { ReceivePushController } from './receive-push/receive-push.controller';
import { ReceivePushHandler } from './receive-push/receive-push.handler';
import { RenewWatchHandler } from './renew-watches/renew-watch.handler';
import { RenewWatchesHandler } from './renew-watches/renew-watches.handler';
import { WatchOnGmailConnected } from './renew-watches/watch-on-gmail-connected.saga';
import { RewrapGmailSecretsHandler } from './rewrap-secrets/rewrap-gmail-secrets.handler';
import { DryRunRuleHandler } from './rules/dry-run-rule.handler';
import {
  CreateRuleHandler,
  DeleteRuleHandler,
  EnableRuleHandler,
  GetRuleHandler,
  ListRulesHandler,
} from './rules/manage-rules.handler';
import { RulesController } from './rules/rules.controller';
import { RunRulesHandler } from './rules/run-rules.handler';
import { RevisionsRepository } from './revisions.repository';
import { RulesRepository } from './rules.repository';
import { SecretsRepository } from './secrets.repository';
import { FlagStalledConnectionsHandler } from './tend-mailboxes/flag-stalled-connections.handler';
import { TendMailboxes } from './tend-mailboxes/tend-mailboxes';
import { AccessTokens } from './tokens/access-tokens';
import { TokenVault } from './tokens/token-vault';
import { TokensRepository } from './tokens/tokens.repository';
import { UndoActionController } from './undo-action/undo-action.controller';
import { UndoActionHandler } from './undo-action/undo-action.handler';
import { Backfill } from './walk-mailbox/backfill';
import { History } from './walk-mailbox/history';
import { ReadFacts } from './walk-mailbox/read-facts';
import { StopWalkHandler } from './stop-walk/stop-walk.handler';
import { WalkMailboxHandler } from './walk-mailbox/walk-mailbox.handler';
import { WalksRepository } from './walks.repository';
import { WatchesRepository } from './watches.repository';

const google = [
  GoogleUpstream,
  GoogleEndpoints,
  GoogleOAuth,
  GmailCalls,
  GmailClient,
  GmailBatch,
  PushTokenVerifier,
];

const handlers = [
  ConnectGmailHandler,
  GetGmailConsentUrlHandler,
  FinishConnectHandler,
  ListConnectionsHandler,
  SearchConnectionsHandler,
  ListConnectionsDueForSyncHandler,
  GetConnectionHandler,
  ListLabelsHandler,
  ConfigureConnectionHandler,
  DisconnectGmailHandler,
  AddMailRevisionHandler,
  ForgetMailboxesHandler,
  GetGmailPersonalDataHandler,
  StopWalkHandler,
  WalkMailboxHandler,
  EstimateSyncHandler,
  FetchMailsHandler,
  ReceivePushHandler,
  RenewWatchHandler,
  RenewWatchesHandler,
  FlagStalledConnectionsHandler,
  RequestActionsHandler,
  ApplyActionsHandler,
  UndoActionHandler,
  ListActionsHandler,
  CreateRuleHandler,
  EnableRuleHandler,
  GetRuleHandler,
  DeleteRuleHandler,
  ListRulesHandler,
  DryRunRuleHandler,
  RunRulesHandler,
  RewrapGmailSecretsHandler,
];

/** Connected mailboxes: consent, discovery, fetching, and what users do to their mails. */
@Module({
  controllers: [
    ConnectGmailController,
    FinishConnectController,
    ListConnectionsController,
    GetConnectionController,
    ListLabelsController,
    ConfigureConnectionController,
    DisconnectGmailController,
    ReceivePushController,
    ActOnMailsController,
    UndoActionController,
    ListActionsController,
    RulesController,
  ],
  providers: [
    GmailRepository,
    TokensRepository,
    RevisionsRepository,
    WalksRepository,
    WatchesRepository,
    ActionsRepository,
    RulesRepository,
    SecretsRepository,
    ...google,
    ...handlers,
    WatchOnGmailConnected,
    ForgetMailboxesOnUserDeleted,
    ApplyOnActionsRequested,
    TendMailboxes,
    AccessTokens,
    ConfirmQuestions,
    TokenVault,
    Mailboxes,
    Backfill,
    History,
    ReadFacts,
    {
      provide: TokenCipher,
      inject: [EnvDto],
      useFactory: (env: EnvDto) => new TokenCipher(parseKeyRing(env.TOKEN_KEYS)),
    },
    ...quotaProviders,
  ],
})
export class GmailModule {}
