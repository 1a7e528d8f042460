import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import { Metrics } from '../kernel/observability/metrics';
import type { Spending } from './summariser/spending';

const dollar = 1_000_000;

/** Counts what answers of the model took. */
@Injectable()
export class ModelMetrics {
  private readonly tokens;
  private readonly cost;
  private readonly answers;

  constructor(
    private readonly uow: UnitOfWork,
    metrics: Metrics,
  ) {
    this.tokens = metrics.counter('inbrief_llm_tokens_total', 'Tokens of the model, by kind.', ['kind']);
    this.cost = metrics.counter('inbrief_llm_cost_dollars_total', 'What they cost, by the price table.');
    this.answers = metrics.counter('inbrief_llm_answers_total', 'Answers that were paid for, useful or not.');
  }

  /** Once the same stands in the books. */
  countSpending({ usage, costMicros, answers }: Spending): void {
    this.uow.afterCommit(() => {
      for (const [kind, tokens] of Object.entries(usage)) if (tokens > 0) this.tokens.inc({ kind }, tokens);
      this.cost.inc(costMicros / dollar);
      this.answers.inc(answers);
    });
  }
}
