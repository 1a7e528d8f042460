import { Global, Module } from '@nestjs/common';
import { AnswerVault } from './idempotency/answer-vault';
import { IdempotencyRepository } from './idempotency/idempotency.repository';

/** What keyed calls are answered once with. */
@Global()
@Module({
  providers: [AnswerVault, IdempotencyRepository],
  exports: [AnswerVault, IdempotencyRepository],
})
export class HttpConventionsModule {}
