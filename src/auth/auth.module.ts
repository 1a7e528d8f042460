import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { PasswordHasher } from '../kernel/crypto/password-hasher';
import { AccessTokenKeys } from './access/access-token-keys';
import { AccessTokenStrategy } from './access/access-token.strategy';
import { AccessTokens } from './access/access-tokens';
import { RateLimitGuard } from '../kernel/http/rate-limit/rate-limit.guard';
import { ServiceKeys } from '../kernel/http/service-keys';
import { AccessGuard } from './access/access.guard';
import { ApiKeys } from './access/api-keys';
import { GuessLimiter } from './access/guess-limiter';
import { IdentityProof } from './access/identity-proof';
import { rateLimits } from './access/rate-limits';
import { SessionCheck } from './access/session-check';
import { SessionOpener } from './access/session-opener';
import { VerifiedTokens } from './access/verified-tokens';
import { ApiKeyRepository } from './api-key.repository';
import { AuditTrailRepository } from './audit-trail.repository';
import { AuthRepository } from './auth.repository';
import {
  ActsOnUsers,
  ChangeRoleHandler,
  ReinstateUserHandler,
  SignOutUserHandler,
  SuspendUserHandler,
} from './administer-users/act-on-users.handler';
import { EraseUserHandler, ExportUserHandler } from './administer-users/erase-and-export.handler';
import {
  FindUsersHandler,
  GetUserHandler,
  ListUsageByUserHandler,
  ListUsageDaysHandler,
} from './administer-users/read-users.handler';
import { AdministrationRepository } from './administration.repository';
import { BeginSecondFactorController } from './begin-second-factor/begin-second-factor.controller';
import { BeginSecondFactorHandler } from './begin-second-factor/begin-second-factor.handler';
import { ChangePasswordController } from './change-password/change-password.controller';
import { ChangePasswordHandler } from './change-password/change-password.handler';
import { ConfirmIdentityController } from './confirm-identity/confirm-identity.controller';
import {
  ConfirmIdentityHandler,
  RequireRecentProofHandler,
} from './confirm-identity/confirm-identity.handler';
import { ConfirmSecondFactorController } from './confirm-second-factor/confirm-second-factor.controller';
import { ConfirmSecondFactorHandler } from './confirm-second-factor/confirm-second-factor.handler';
import { CreateApiKeyController } from './create-api-key/create-api-key.controller';
import { CreateApiKeyHandler } from './create-api-key/create-api-key.handler';
import { CredentialRepository } from './credential.repository';
import { AccountErasure } from './delete-account/account-erasure';
import { DeleteAccountController } from './delete-account/delete-account.controller';
import { DeleteAccountHandler } from './delete-account/delete-account.handler';
import { DisableSecondFactorController } from './disable-second-factor/disable-second-factor.controller';
import { DisableSecondFactorHandler } from './disable-second-factor/disable-second-factor.handler';
import { ExportMyDataController } from './export-my-data/export-my-data.controller';
import { PersonalExport } from './export-my-data/personal-export';
import { ExportMyDataHandler } from './export-my-data/export-my-data.handler';
import { FinishGoogleSignInController } from './finish-google-sign-in/finish-google-sign-in.controller';
import { FinishGoogleSignInHandler } from './finish-google-sign-in/finish-google-sign-in.handler';
import { GoogleAccounts } from './finish-google-sign-in/google-accounts';
import { GetMeController } from './get-me/get-me.controller';
import { GetMeHandler } from './get-me/get-me.handler';
import { GetUsageController } from './get-usage/get-usage.controller';
import { GetUsageHandler } from './get-usage/get-usage.handler';
import { UsageRepository } from './usage.repository';
import { GoogleSignIn } from './google/google-sign-in';
import { ListApiKeysController } from './list-api-keys/list-api-keys.controller';
import { ListApiKeysHandler } from './list-api-keys/list-api-keys.handler';
import { ListMyTrailController } from './list-my-trail/list-my-trail.controller';
import { ListMyTrailHandler } from './list-my-trail/list-my-trail.handler';
import { ListSessionsController } from './list-sessions/list-sessions.controller';
import { ListSessionsHandler } from './list-sessions/list-sessions.handler';
import { LoginUserController } from './login-user/login-user.controller';
import { LoginUserHandler } from './login-user/login-user.handler';
import { LogoutEverywhereController } from './logout-everywhere/logout-everywhere.controller';
import { LogoutEverywhereHandler } from './logout-everywhere/logout-everywhere.handler';
import { LogoutController } from './logout/logout.controller';
import { LogoutHandler } from './logout/logout.handler';
import { Mailer } from './mail/mailer';
import { PurgeExpiredCredentialsHandler } from './purge-expired/purge-expired-credentials.handler';
import { RefreshSessionController } from './refresh-session/refresh-session.controller';
import { MailUserHandler } from './mail-user/mail-user.handler';
import { PreferencesRepository } from './preferences.repository';
import { GetAccountAddressHandler } from './get-me/get-account-address.handler';
import { GetReadingPreferencesHandler } from './reading-preferences/get-reading-preferences.handler';
import { ListDigestReadersHandler } from './reading-preferences/list-digest-readers.handler';
import { ListRetentionsHandler } from './reading-preferences/list-retentions.handler';
import { StopDigestHandler } from './reading-preferences/stop-digest.handler';
import { RefreshSessionHandler } from './refresh-session/refresh-session.handler';
import { RegisterUserController } from './register-user/register-user.controller';
import { RegisterUserHandler } from './register-user/register-user.handler';
import { RenewRecoveryCodesController } from './renew-recovery-codes/renew-recovery-codes.controller';
import { RenewRecoveryCodesHandler } from './renew-recovery-codes/renew-recovery-codes.handler';
import { RequestPasswordResetController } from './request-password-reset/request-password-reset.controller';
import { RequestPasswordResetHandler } from './request-password-reset/request-password-reset.handler';
import { RequestVerificationController } from './request-verification/request-verification.controller';
import { RequestVerificationHandler } from './request-verification/request-verification.handler';
import { RequireLiveAdminHandler } from './require-live-session/require-live-admin.handler';
import { RequireLiveSessionHandler } from './require-live-session/require-live-session.handler';
import { ResetPasswordController } from './reset-password/reset-password.controller';
import { ResetPasswordHandler } from './reset-password/reset-password.handler';
import { RevokeApiKeyController } from './revoke-api-key/revoke-api-key.controller';
import { RevokeApiKeyHandler } from './revoke-api-key/revoke-api-key.handler';
import { RevokeSessionController } from './revoke-session/revoke-session.controller';
import { RevokeSessionHandler } from './revoke-session/revoke-session.handler';
import { RewrapAuthSecretsHandler } from './rewrap-secrets/rewrap-auth-secrets.handler';
import { SearchAuditLogHandler } from './search-audit-log/search-audit-log.handler';
import { SecondFactorVault } from './second-factor/second-factor-vault';
import { SecondFactorRepository } from './second-factor/second-factor.repository';
import { SecondFactors } from './second-factor/second-factors';
import { MailOnPasswordResetAsked } from './send-password-reset/mail-on-password-reset-asked.saga';
import { SendPasswordResetHandler } from './send-password-reset/send-password-reset.handler';
import { MailOnVerificationAsked } from './send-verification/mail-on-verification-asked.saga';
import { SendVerificationHandler } from './send-verification/send-verification.handler';
import { SessionRepository } from './session.repository';
import { StartGoogleSignInController } from './start-google-sign-in/start-google-sign-in.controller';
import { GetGoogleSignInHandler } from './start-google-sign-in/start-google-sign-in.handler';
import { UpdateProfileController } from './update-profile/update-profile.controller';
import { UpdateProfileHandler } from './update-profile/update-profile.handler';
import { VerifyEmailController } from './verify-email/verify-email.controller';
import { VerifyEmailHandler } from './verify-email/verify-email.handler';

const services = [
  PasswordHasher,
  AccessTokenKeys,
  AccessTokenStrategy,
  AccessTokens,
  AccountErasure,
  ActsOnUsers,
  AdministrationRepository,
  PersonalExport,
  ApiKeys,
  GuessLimiter,
  IdentityProof,
  ServiceKeys,
  SessionCheck,
  SessionOpener,
  VerifiedTokens,
  ApiKeyRepository,
  AuditTrailRepository,
  AuthRepository,
  UsageRepository,
  CredentialRepository,
  GoogleAccounts,
  GoogleSignIn,
  Mailer,
  PreferencesRepository,
  SecondFactorVault,
  SecondFactorRepository,
  SecondFactors,
  SessionRepository,
];

const handlers = [
  ChangeRoleHandler,
  EraseUserHandler,
  ExportUserHandler,
  FindUsersHandler,
  GetUserHandler,
  ListUsageByUserHandler,
  ListUsageDaysHandler,
  ReinstateUserHandler,
  SignOutUserHandler,
  SuspendUserHandler,
  BeginSecondFactorHandler,
  ChangePasswordHandler,
  ConfirmIdentityHandler,
  RequireRecentProofHandler,
  ConfirmSecondFactorHandler,
  CreateApiKeyHandler,
  DeleteAccountHandler,
  DisableSecondFactorHandler,
  ExportMyDataHandler,
  FinishGoogleSignInHandler,
  GetMeHandler,
  GetAccountAddressHandler,
  GetReadingPreferencesHandler,
  GetUsageHandler,
  ListApiKeysHandler,
  ListMyTrailHandler,
  ListDigestReadersHandler,
  ListRetentionsHandler,
  ListSessionsHandler,
  LoginUserHandler,
  LogoutEverywhereHandler,
  LogoutHandler,
  MailUserHandler,
  PurgeExpiredCredentialsHandler,
  RefreshSessionHandler,
  RegisterUserHandler,
  RequireLiveAdminHandler,
  RequireLiveSessionHandler,
  RenewRecoveryCodesHandler,
  RequestPasswordResetHandler,
  RequestVerificationHandler,
  ResetPasswordHandler,
  RevokeApiKeyHandler,
  RevokeSessionHandler,
  RewrapAuthSecretsHandler,
  SearchAuditLogHandler,
  SendPasswordResetHandler,
  SendVerificationHandler,
  StopDigestHandler,
  GetGoogleSignInHandler,
  UpdateProfileHandler,
  VerifyEmailHandler,
];

const sagas = [MailOnPasswordResetAsked, MailOnVerificationAsked];

/** Accounts, sessions, every proof of identity, and the guard before every route of the application. */
@Module({
  imports: [JwtModule, rateLimits()],
  controllers: [
    BeginSecondFactorController,
    ChangePasswordController,
    ConfirmIdentityController,
    ConfirmSecondFactorController,
    CreateApiKeyController,
    DeleteAccountController,
    DisableSecondFactorController,
    ExportMyDataController,
    FinishGoogleSignInController,
    GetMeController,
    GetUsageController,
    ListApiKeysController,
    ListMyTrailController,
    ListSessionsController,
    LoginUserController,
    LogoutEverywhereController,
    LogoutController,
    RefreshSessionController,
    RegisterUserController,
    RenewRecoveryCodesController,
    RequestPasswordResetController,
    RequestVerificationController,
    ResetPasswordController,
    RevokeApiKeyController,
    RevokeSessionController,
    StartGoogleSignInController,
    UpdateProfileController,
    VerifyEmailController,
  ],
  // In this order: who calls must be known before calls are counted.
  providers: [
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_GUARD, useClass: RateLimitGuard },
    ...services,
    ...handlers,
    ...sagas,
  ],
})
export class AuthModule {}
