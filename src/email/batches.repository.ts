import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import type { PreparedMail } from './contracts';
import type { Draft, MailHeaders } from './answer';

export type BatchState = 'submitting' | 'in_progress' | 'refused' | 'absent' | 'collected' | 'closed';

/** A batch that its worker looks after. */
export interface OpenBatch {
  id: string;
  state: BatchState;
  vendorId: string | null;
  model: string;
  promptVersion: string;
  mails: number;
  createdAt: Date;
  unconfirmedUntil: Date;
}

/** A mail whose result is still to come. Headers are absent once its user is gone. */
export interface PendingMember {
  emailId: string;
  headers: MailHeaders | null;
  known: string[];
}

/** What a result makes of a member. */
export interface Settled {
  emailId: string;
  outcome: 'drafted' | 'failed' | 'again' | 'live';
  reasonCode: string | null;
  draft: Draft | null;
}

/** All reads and writes of `summary_batches` and `summary_batch_members`. */
@Injectable()
export class BatchesRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** Writes a batch and its members; nobody looks after it before `lookAfterMs`, the time its submission may take. */
  async record(
    batch: { id: string; model: string; promptVersion: string },
    mails: PreparedMail[],
    lookAfterMs: number,
    graceMs: number,
  ): Promise<void> {
    await this.uow.db.$executeRaw`
      insert into summary_batches (id, model, prompt_version, mails, look_at, unconfirmed_until)
      values (${batch.id}::uuid, ${batch.model}, ${batch.promptVersion}, ${mails.length},
              now() + ${lookAfterMs} * interval '1 millisecond', now() + ${lookAfterMs + graceMs} * interval '1 millisecond')`;
    const members = mails.map(({ emailId, userId, headers, known, estimateMicros }) => ({
      batchId: batch.id,
      emailId,
      userId,
      headers,
      known,
      estimateMicros,
    }));
    await this.uow.db.summaryBatchMember.createMany({ data: members });
  }

  /** Notes the vendor's id; false when the batch was given up in the meantime. */
  async noteSubmitted(id: string, vendorId: string): Promise<boolean> {
    const noted = await this.uow.db.$executeRaw`
      update summary_batches set state = 'in_progress', vendor_id = ${vendorId}, submitted_at = now(), look_at = now()
      where id = ${id}::uuid and state = 'submitting'`;
    return noted === 1;
  }

  /** The answer to a submission is missing: it may turn up at the vendor's for so long. */
  async noteUnanswered(id: string, graceMs: number): Promise<void> {
    await this.uow.db.$executeRaw`
      update summary_batches set look_at = now(), unconfirmed_until = now() + ${graceMs} * interval '1 millisecond'
      where id = ${id}::uuid and state = 'submitting'`;
  }

  /** The vendor has no such batch, or did not take it: every member ends in the same way. */
  async giveUp(id: string, state: 'refused' | 'absent', settled: Omit<Settled, 'emailId'>): Promise<void> {
    const given = await this.uow.db.$executeRaw`
      update summary_batches set state = ${state}, look_at = now() where id = ${id}::uuid and state = 'submitting'`;
    if (given === 1) await this.settleRest(id, settled);
  }

  /** The open batch that has waited longest for a look, kept from other workers for `forMs`. */
  async claimDue(forMs: number): Promise<OpenBatch | undefined> {
    const [batch] = await this.uow.db.$queryRaw<OpenBatch[]>`
      update summary_batches set look_at = now() + ${forMs} * interval '1 millisecond'
      where id = (select id from summary_batches where state <> 'closed' and look_at <= now()
                  order by look_at limit 1 for update skip locked)
      returning id, state, vendor_id as "vendorId", model, prompt_version as "promptVersion", mails,
                created_at as "createdAt", unconfirmed_until as "unconfirmedUntil"`;
    return batch;
  }

  async lookAgain(id: string, afterMs: number): Promise<void> {
    await this.uow.db.$executeRaw`
      update summary_batches set look_at = now() + ${afterMs} * interval '1 millisecond' where id = ${id}::uuid`;
  }

  /** Of these vendor's ids those that belong to a batch of ours. */
  async ours(vendorIds: string[]): Promise<Set<string>> {
    const rows = await this.uow.db.summaryBatch.findMany({
      where: { vendorId: { in: vendorIds } },
      select: { vendorId: true },
    });
    return new Set(rows.map(({ vendorId }) => vendorId ?? ''));
  }

  async listPending(id: string, emailIds: string[]): Promise<PendingMember[]> {
    const rows = await this.uow.db.summaryBatchMember.findMany({
      where: { batchId: id, emailId: { in: emailIds }, outcome: null },
      select: { emailId: true, headers: true, known: true },
    });
    return rows.map((row) => ({ ...row, headers: row.headers as unknown as MailHeaders | null }));
  }

  /** Settles members, each once for ever; answers those whose turn it was, with the user who pays. */
  async settle(id: string, settled: Settled[]): Promise<{ emailId: string; userId: string }[]> {
    return this.uow.db.$queryRaw<{ emailId: string; userId: string }[]>`
      update summary_batch_members m
      set outcome = s.outcome, reason_code = s."reasonCode",
          draft = case when m.headers is not null then s.draft end
      from jsonb_to_recordset(${JSON.stringify(settled)}::jsonb)
        as s ("emailId" uuid, outcome text, "reasonCode" text, draft jsonb)
      where m.batch_id = ${id}::uuid and m.email_id = s."emailId" and m.outcome is null
      returning m.email_id as "emailId", m.user_id as "userId"`;
  }

  /** Settles whoever has no result. */
  async settleRest(id: string, { outcome, reasonCode }: Omit<Settled, 'emailId'>): Promise<number> {
    return this.uow.db.$executeRaw`
      update summary_batch_members set outcome = ${outcome}, reason_code = ${reasonCode}
      where batch_id = ${id}::uuid and outcome is null`;
  }

  async noteCollected(id: string): Promise<void> {
    await this.uow.db.$executeRaw`
      update summary_batches set state = 'collected' where id = ${id}::uuid and state = 'in_progress'`;
  }

  async listOutcomes(id: string) {
    return this.uow.db.summaryBatchMember.findMany({
      where: { batchId: id, outcome: { not: null } },
      select: { emailId: true, outcome: true, reasonCode: true },
    });
  }

  async draftOf(id: string, emailId: string): Promise<Draft | null> {
    const member = await this.uow.db.summaryBatchMember.findFirst({ where: { batchId: id, emailId } });
    return (member?.draft ?? null) as unknown as Draft | null;
  }

  /** Forgets the mails of a batch; answers the vendor's id, where there is one. */
  async close(id: string): Promise<string | undefined> {
    await this.uow.db.summaryBatchMember.deleteMany({ where: { batchId: id } });
    const [batch] = await this.uow.db.$queryRaw<{ vendorId: string | null }[]>`
      update summary_batches set state = 'closed', closed_at = now()
      where id = ${id}::uuid and state in ('refused', 'absent', 'collected') returning vendor_id as "vendorId"`;
    return batch?.vendorId ?? undefined;
  }

  /** Takes everything personal out of a user's mails that are in batches; what they take is counted all the same. */
  async forget(userId: string): Promise<void> {
    await this.uow.db.$executeRaw`
      update summary_batch_members set headers = null, known = '{}', draft = null where user_id = ${userId}::uuid`;
  }

  /** How much is under way, and since when. */
  async countOpen(): Promise<{ batches: number; mails: number; oldestSeconds: number }> {
    const [open] = await this.uow.db.$queryRaw<{ batches: number; mails: number; oldestSeconds: number }[]>`
      select count(*)::int as batches, coalesce(sum(mails), 0)::int as mails,
             coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as "oldestSeconds"
      from summary_batches where state <> 'closed'`;
    return open ?? { batches: 0, mails: 0, oldestSeconds: 0 };
  }
}
