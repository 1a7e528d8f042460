import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { AnthropicBatches, type BatchResult } from '../anthropic/anthropic-batches.client';
import { BatchesRepository, type OpenBatch, type PendingMember, type Settled } from '../batches.repository';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { UsageRepository } from '../usage.repository';
import { emailIdOf } from '../summariser/custom-id';
import { readResult } from '../summariser/read-result';
import { sourceFrom } from '../summariser/source';
import { Spending } from '../summariser/spending';

/** Results in one transaction. */
const atOnce = 100;

/** Takes the results of a batch in. */
@Injectable()
export class CollectResults {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly batches: BatchesRepository,
    private readonly usage: UsageRepository,
    private readonly anthropic: AnthropicBatches,
  ) {}

  /**
   * Keeps each answer and counts what it took, both once: whoever reads the results again finds their members settled. Mails
   * that the results leave out go into another batch.
   */
  async collect(batch: OpenBatch, vendorId: string): Promise<void> {
    let chunk: BatchResult[] = [];
    for await (const result of this.anthropic.results(vendorId)) {
      chunk.push(result);
      if (chunk.length < atOnce) continue;
      await this.keep(batch, chunk);
      chunk = [];
    }
    await this.keep(batch, chunk);
    await this.end(batch, 'email.batch-result-missing');
  }

  /** Nothing more will come of a batch: whoever has no result yet goes into another. */
  async end(batch: OpenBatch, reasonCode: string): Promise<void> {
    await this.uow.asService('end the results of a batch', async () => {
      await this.batches.settleRest(batch.id, { outcome: 'again', reasonCode, draft: null });
      await this.batches.noteCollected(batch.id);
    });
  }

  private async keep(batch: OpenBatch, results: BatchResult[]): Promise<void> {
    const byMail = new Map(
      results.flatMap((result) => {
        const emailId = emailIdOf(batch.id, result.customId);
        return emailId === undefined ? [] : [[emailId, result] as const];
      }),
    );
    const pending = await this.uow.readAsService('look up mails of a batch', () =>
      this.batches.listPending(batch.id, [...byMail.keys()]),
    );
    if (pending.length === 0) return;
    const read = pending.flatMap((member) => {
      const result = byMail.get(member.emailId);
      return result ? [readMember(batch, member, result)] : [];
    });
    await this.uow.asService('keep answers of a batch', async () => {
      const settled = await this.batches.settle(
        batch.id,
        read.map((one) => one.settled),
      );
      const spendingOf = new Map(read.map((one) => [one.settled.emailId, one.spending]));
      const byUser = new Map<string, Spending>();
      for (const { emailId, userId } of settled)
        byUser.set(userId, (byUser.get(userId) ?? new Spending()).and(spendingOf.get(emailId)));
      // In one order, so that two batches of the same users cannot wait for each other.
      for (const [userId, spending] of [...byUser].sort(([one], [other]) => (one < other ? -1 : 1)))
        if (spending.answers > 0) await this.usage.countSpending(userId, spending);
    });
  }
}

function readMember(
  batch: OpenBatch,
  { emailId, headers, known }: PendingMember,
  result: BatchResult,
): { settled: Settled; spending: Spending } {
  if ('verdict' in result) {
    const { outcome, reasonCode } = result.verdict;
    return { settled: { emailId, outcome, reasonCode, draft: null }, spending: new Spending() };
  }
  const reading = readResult(result.answer, batch, sourceFrom(known, batch.id));
  const { spending } = reading;
  if (reading.outcome !== 'drafted') {
    const { outcome, reasonCode } = reading;
    return { settled: { emailId, outcome, reasonCode, draft: null }, spending };
  }
  const draft = headers && { answerId: uuidv7(), headers, summarised: reading.summarised };
  return { settled: { emailId, outcome: 'drafted', reasonCode: null, draft }, spending };
}
