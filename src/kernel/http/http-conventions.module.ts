import { Global, Module } from '@nestjs/common';
import { AnswerVault } from './idempotency/answer-vault';
import { IdempotencyRepository } from './idempotency/idempotency.repository';
import { KeptAnswers } from './kept/kept-answers';

/** What keyed calls are answered once with, and what readers are answered from. */
@Global()
@Module({
  providers: [AnswerVault, IdempotencyRepository, KeptAnswers],
  exports: [AnswerVault, IdempotencyRepository, KeptAnswers],
})
export class HttpConventionsModule {}
