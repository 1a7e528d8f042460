import { Injectable } from '@nestjs/common';
import { AnthropicBatches } from '../anthropic/anthropic-batches.client';
import { BatchesRepository, type OpenBatch } from '../batches.repository';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { emailIdOf } from '../summariser/custom-id';

/** Milliseconds that the vendor's clock may be behind ours. */
const clockSkewMs = 600_000;

/** What became of a submission whose answer is missing. */
export type Whereabouts = { vendorId: string } | 'unknown' | 'absent';

/** Looks for a batch at the vendor's, by the custom ids in it: nothing else there names it. */
@Injectable()
export class LostBatches {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly batches: BatchesRepository,
    private readonly anthropic: AnthropicBatches,
  ) {}

  /**
   * Custom ids are shown with the results only, so another batch of the same size that has not ended leaves the question
   * open; it is `absent` when there is none and the time in which it may still turn up is over.
   */
  async find(batch: OpenBatch, now: Date = new Date()): Promise<Whereabouts> {
    const since = new Date(batch.createdAt.getTime() - clockSkewMs);
    const listed = await this.anthropic.listSince(since);
    const taken = await this.uow.readAsService('look for a lost batch', () =>
      this.batches.ours(listed.map(({ id }) => id)),
    );
    const candidates = listed.filter(({ id, mails }) => mails === batch.mails && !taken.has(id));
    for (const { id } of candidates.filter(({ ended }) => ended))
      if (await this.holds(id, batch)) return { vendorId: id };
    if (candidates.some(({ ended }) => !ended)) return 'unknown';
    return now > batch.unconfirmedUntil ? 'absent' : 'unknown';
  }

  /** One line is enough: a batch is submitted whole. */
  private async holds(vendorId: string, batch: OpenBatch): Promise<boolean> {
    for await (const { customId } of this.anthropic.results(vendorId))
      return emailIdOf(batch.id, customId) !== undefined;
    return false;
  }
}
