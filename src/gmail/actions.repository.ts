import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { EmailAction, EmailDiscovery, GmailConnection } from '../kernel/database/generated/client';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import type { ActionKind } from './domain/mail-action';

export type { EmailAction };

/** An action as it is asked for, the same for each of its mails. */
export interface ActionRequest {
  requestId: string;
  kind: ActionKind;
  labelId: string | null;
  requestedBy: 'user' | 'rule';
}

/** An action with the mail and the mailbox it is about. */
export type ActionAtMail = EmailAction & { email: EmailDiscovery & { connection: GmailConnection } };

/** Where a page of actions goes on. */
export interface ActionPosition {
  requestedAt: Date;
  id: string;
}

/** What users and rules ask to be done to mails. Every method works in the ambient unit of work. */
@Injectable()
export class ActionsRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** Which of these mails are the user's, with their mailboxes. */
  mails(userId: string, emailIds: string[]): Promise<(EmailDiscovery & { connection: GmailConnection })[]> {
    return this.uow.db.emailDiscovery.findMany({
      where: { userId, id: { in: emailIds } },
      include: { connection: true },
    });
  }

  /** Records the request once per mail and answers its actions, the earlier ones of a repeated request included. */
  async record(userId: string, request: ActionRequest, emailIds: string[]): Promise<EmailAction[]> {
    const { requestId } = request;
    await this.uow.db.emailAction.createMany({
      // Milliseconds, as cursors carry them; the database's own clock would add micros.
      data: emailIds.map((emailId) => ({
        ...request,
        id: uuidv7(),
        userId,
        emailId,
        requestedAt: new Date(),
      })),
      skipDuplicates: true,
    });
    return this.uow.db.emailAction.findMany({
      where: { userId, requestId, emailId: { in: emailIds } },
      orderBy: { id: 'asc' },
    });
  }

  find(userId: string, id: string): Promise<EmailAction | null> {
    return this.uow.db.emailAction.findFirst({ where: { userId, id } });
  }

  /** Those of the actions that still have to reach Gmail. */
  open(userId: string, ids: string[]): Promise<ActionAtMail[]> {
    return this.uow.db.emailAction.findMany({
      where: { userId, id: { in: ids }, status: { in: ['requested', 'undoing'] } },
      include: { email: { include: { connection: true } } },
      orderBy: { id: 'asc' },
    });
  }

  list(
    userId: string,
    limit: number,
    after: ActionPosition | undefined,
    requestId: string | undefined,
  ): Promise<EmailAction[]> {
    const behind = after && {
      OR: [
        { requestedAt: { lt: after.requestedAt } },
        { requestedAt: after.requestedAt, id: { lt: after.id } },
      ],
    };
    return this.uow.db.emailAction.findMany({
      where: { userId, requestId, ...behind },
      orderBy: [{ requestedAt: 'desc' }, { id: 'desc' }],
      take: limit,
    });
  }

  /** Notes the labels before an action is sent; a repetition keeps the first note. Answers what is noted. */
  async noteBefore(id: string, labels: string[]): Promise<string[]> {
    const [row] = await this.uow.db.$queryRaw<{ labels: string[] }[]>`
      update email_actions set labels_before = coalesce(labels_before, ${labels}::text[])
      where id = ${id}::uuid returning labels_before as labels`;
    return row?.labels ?? labels;
  }

  async applied(id: string, labelsAfter: string[]): Promise<void> {
    await this.uow.db.emailAction.updateMany({
      where: { id, status: 'requested' },
      data: { status: 'applied', labelsAfter, appliedAt: new Date(), reasonCode: null },
    });
  }

  async failed(id: string, reasonCode: string): Promise<void> {
    await this.uow.db.emailAction.updateMany({
      where: { id, status: 'requested' },
      data: { status: 'failed', reasonCode },
    });
  }

  /** Begins to take an applied action back; false when it is not applied, or was applied before `since`. */
  async beginUndo(userId: string, id: string, since: Date): Promise<boolean> {
    const { count } = await this.uow.db.emailAction.updateMany({
      where: { userId, id, status: 'applied', appliedAt: { gte: since } },
      data: { status: 'undoing', reasonCode: null },
    });
    return count === 1;
  }

  async undone(id: string): Promise<void> {
    await this.uow.db.emailAction.updateMany({
      where: { id, status: 'undoing' },
      data: { status: 'undone', undoneAt: new Date() },
    });
  }

  /** An undo that Gmail refuses for good: the action stays applied, with the reason. */
  async undoFailed(id: string, reasonCode: string): Promise<void> {
    await this.uow.db.emailAction.updateMany({
      where: { id, status: 'undoing' },
      data: { status: 'applied', reasonCode },
    });
  }
}
