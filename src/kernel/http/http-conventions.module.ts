import { Global, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AnswerHeadersInterceptor } from './answer-headers.interceptor';
import { AnswerVault } from './idempotency/answer-vault';
import { IdempotencyInterceptor } from './idempotency/idempotency.interceptor';
import { IdempotencyRepository } from './idempotency/idempotency.repository';

/** What every route does alike: keyed calls are answered once, and answers say in headers what follows from their bodies. */
@Global()
@Module({
  providers: [
    AnswerVault,
    IdempotencyRepository,
    { provide: APP_INTERCEPTOR, useClass: AnswerHeadersInterceptor },
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
  ],
  exports: [IdempotencyRepository],
})
export class HttpConventionsModule {}
