import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { PasswordHasher } from '../kernel/crypto/password-hasher';
import { AccessGuard } from './access/access.guard';
import { AccessTokenKeys } from './access/access-token-keys';
import { AccessTokenStrategy } from './access/access-token.strategy';
import { AccessTokens } from './access/access-tokens';
import { ServiceKey } from './access/service-key';
import { SessionOpener } from './access/session-opener';
import { AuthRepository } from './auth.repository';
import { GetMeController } from './get-me/get-me.controller';
import { GetMeHandler } from './get-me/get-me.handler';
import { LoginUserController } from './login-user/login-user.controller';
import { LoginUserHandler } from './login-user/login-user.handler';
import { LogoutController } from './logout/logout.controller';
import { LogoutHandler } from './logout/logout.handler';
import { RefreshSessionController } from './refresh-session/refresh-session.controller';
import { RefreshSessionHandler } from './refresh-session/refresh-session.handler';
import { RegisterUserController } from './register-user/register-user.controller';
import { RegisterUserHandler } from './register-user/register-user.handler';
import { SessionRepository } from './session.repository';

/** Accounts, sessions, and the guard before every route of the application. */
@Module({
  imports: [JwtModule],
  controllers: [
    RegisterUserController,
    LoginUserController,
    RefreshSessionController,
    LogoutController,
    GetMeController,
  ],
  providers: [
    { provide: APP_GUARD, useClass: AccessGuard },
    AccessTokenKeys,
    AccessTokens,
    AccessTokenStrategy,
    ServiceKey,
    SessionOpener,
    PasswordHasher,
    AuthRepository,
    SessionRepository,
    RegisterUserHandler,
    LoginUserHandler,
    RefreshSessionHandler,
    LogoutHandler,
    GetMeHandler,
  ],
})
export class AuthModule {}
