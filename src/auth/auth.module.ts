import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { AuditModule } from '../kernel/audit/audit.module';
import { PasswordHasher } from '../kernel/crypto/password-hasher';
import { AccessTokenKeys } from './access/access-token-keys';
import { AccessTokenStrategy } from './access/access-token.strategy';
import { AccessTokens } from './access/access-tokens';
import { AccessGuard } from './access/access.guard';
import { GuessLimiter } from './access/guess-limiter';
import { IdentityProof } from './access/identity-proof';
import { ServiceKey } from './access/service-key';
import { SessionOpener } from './access/session-opener';
import { AuthRepository } from './auth.repository';
import { ChangePasswordController } from './change-password/change-password.controller';
import { ChangePasswordHandler } from './change-password/change-password.handler';
import { ConfirmIdentityController } from './confirm-identity/confirm-identity.controller';
import {
  ConfirmIdentityHandler,
  RequireRecentProofHandler,
} from './confirm-identity/confirm-identity.handler';
import { CredentialRepository } from './credential.repository';
import { GetMeController } from './get-me/get-me.controller';
import { GetMeHandler } from './get-me/get-me.handler';
import { ListSessionsController } from './list-sessions/list-sessions.controller';
import { ListSessionsHandler } from './list-sessions/list-sessions.handler';
import { LoginUserController } from './login-user/login-user.controller';
import { LoginUserHandler } from './login-user/login-user.handler';
import { LogoutEverywhereController } from './logout-everywhere/logout-everywhere.controller';
import { LogoutEverywhereHandler } from './logout-everywhere/logout-everywhere.handler';
import { LogoutController } from './logout/logout.controller';
import { LogoutHandler } from './logout/logout.handler';
import { Mailer } from './mail/mailer';
import { RefreshSessionController } from './refresh-session/refresh-session.controller';
import { RefreshSessionHandler } from './refresh-session/refresh-session.handler';
import { RegisterUserController } from './register-user/register-user.controller';
import { RegisterUserHandler } from './register-user/register-user.handler';
import { RequestPasswordResetController } from './request-password-reset/request-password-reset.controller';
import { RequestPasswordResetHandler } from './request-password-reset/request-password-reset.handler';
import { RequestVerificationController } from './request-verification/request-verification.controller';
import { RequestVerificationHandler } from './request-verification/request-verification.handler';
import { ResetPasswordController } from './reset-password/reset-password.controller';
import { ResetPasswordHandler } from './reset-password/reset-password.handler';
import { RevokeSessionController } from './revoke-session/revoke-session.controller';
import { RevokeSessionHandler } from './revoke-session/revoke-session.handler';
import { MailOnPasswordResetAsked } from './send-password-reset/mail-on-password-reset-asked.saga';
import { SendPasswordResetHandler } from './send-password-reset/send-password-reset.handler';
import { MailOnVerificationAsked } from './send-verification/mail-on-verification-asked.saga';
import { SendVerificationHandler } from './send-verification/send-verification.handler';
import { SessionRepository } from './session.repository';
import { UpdateProfileController } from './update-profile/update-profile.controller';
import { UpdateProfileHandler } from './update-profile/update-profile.handler';
import { VerifyEmailController } from './verify-email/verify-email.controller';
import { VerifyEmailHandler } from './verify-email/verify-email.handler';

const services = [
  PasswordHasher,
  AccessTokenKeys,
  AccessTokenStrategy,
  AccessTokens,
  GuessLimiter,
  IdentityProof,
  ServiceKey,
  SessionOpener,
  AuthRepository,
  CredentialRepository,
  Mailer,
  SessionRepository,
];

const handlers = [
  ChangePasswordHandler,
  ConfirmIdentityHandler,
  RequireRecentProofHandler,
  GetMeHandler,
  ListSessionsHandler,
  LoginUserHandler,
  LogoutEverywhereHandler,
  LogoutHandler,
  RefreshSessionHandler,
  RegisterUserHandler,
  RequestPasswordResetHandler,
  RequestVerificationHandler,
  ResetPasswordHandler,
  RevokeSessionHandler,
  SendPasswordResetHandler,
  SendVerificationHandler,
  UpdateProfileHandler,
  VerifyEmailHandler,
];

const sagas = [MailOnPasswordResetAsked, MailOnVerificationAsked];

/** Accounts, sessions, every proof of identity, and the guard before every route of the application. */
@Module({
  imports: [AuditModule, JwtModule],
  controllers: [
    ChangePasswordController,
    ConfirmIdentityController,
    GetMeController,
    ListSessionsController,
    LoginUserController,
    LogoutEverywhereController,
    LogoutController,
    RefreshSessionController,
    RegisterUserController,
    RequestPasswordResetController,
    RequestVerificationController,
    ResetPasswordController,
    RevokeSessionController,
    UpdateProfileController,
    VerifyEmailController,
  ],
  providers: [{ provide: APP_GUARD, useClass: AccessGuard }, ...services, ...handlers, ...sagas],
})
export class AuthModule {}
