import { Injectable } from '@nestjs/common';
import { gmail, type gmail_v1 } from '@googleapis/gmail';
import { upstreamFetch } from '../../kernel/resilience/upstream-fetch';
import { type CallTarget } from './parse-google-error';
import type { GmailMethod } from './gmail-methods';
import { GmailCalls, type MailboxCredentials } from './gmail-calls';
import { GoogleEndpoints } from './google-endpoints';

/** Gmail's own shapes, for those who may not import its SDK. */
export type { gmail_v1 };

const me = 'me';

/** Query of `messages.list`. */
export interface MessageQuery {
  q?: string;
  labelIds?: string[];
  pageToken?: string;
  maxResults: number;
}

/** Labels to put on and to take off. */
export interface LabelChange {
  addLabelIds: string[];
  removeLabelIds: string[];
}

interface CallOptions {
  headers: Record<string, string>;
  signal: AbortSignal;
}

/**
 * The Gmail methods we use, each paid for in quota units, under the upstream policy, with one fresh token when Google
 * refuses the old one. Answers hold only the asked-for fields. @throws DomainError as `parseGoogleError` says.
 */
@Injectable()
export class GmailClient {
  private readonly users: gmail_v1.Resource$Users;

  constructor(
    endpoints: GoogleEndpoints,
    private readonly calls: GmailCalls,
  ) {
    const options = { rootUrl: endpoints.apiRoot, retry: false, fetchImplementation: upstreamFetch } as const;
    this.users = gmail({ version: 'v1', ...options }).users;
  }

  profile(box: MailboxCredentials): Promise<gmail_v1.Schema$Profile> {
    const params = { userId: me, fields: 'emailAddress,historyId' };
    return this.call(box, 'getProfile', 'other', (options) => this.users.getProfile(params, options));
  }

  listMessages(box: MailboxCredentials, query: MessageQuery): Promise<gmail_v1.Schema$ListMessagesResponse> {
    const params = { userId: me, ...query, fields: 'messages(id,threadId),nextPageToken' };
    return this.call(box, 'messages.list', 'other', (options) => this.users.messages.list(params, options));
  }

  /** @throws DomainError `gmail.history-expired` (gone) when Google no longer keeps the history since then. */
  listHistory(
    box: MailboxCredentials,
    startHistoryId: bigint,
    pageToken?: string,
  ): Promise<gmail_v1.Schema$ListHistoryResponse> {
    const change = '(message(id,threadId,labelIds))';
    const params = {
      userId: me,
      startHistoryId: String(startHistoryId),
      historyTypes: ['messageAdded', 'labelAdded', 'labelRemoved'],
      maxResults: 100,
      pageToken,
      fields: `history(id,messagesAdded${change},labelsAdded${change},labelsRemoved${change}),historyId,nextPageToken`,
    };
    return this.call(box, 'history.list', 'history', (options) => this.users.history.list(params, options));
  }

  /** Labels, thread, date, sender and list of one message. @throws DomainError `gmail.message-gone`. */
  messageFacts(box: MailboxCredentials, id: string): Promise<gmail_v1.Schema$Message> {
    const params = { userId: me, id, ...messageFacts };
    return this.call(box, 'messages.get', 'message', (options) => this.users.messages.get(params, options));
  }

  /** A message with its parts. @throws DomainError `gmail.message-gone`. */
  message(box: MailboxCredentials, id: string): Promise<gmail_v1.Schema$Message> {
    const params = { userId: me, id, ...fullMessage };
    return this.call(box, 'messages.get', 'message', (options) => this.users.messages.get(params, options));
  }

  attachment(
    box: MailboxCredentials,
    messageId: string,
    id: string,
  ): Promise<gmail_v1.Schema$MessagePartBody> {
    const params = { userId: me, messageId, id, fields: 'size,data' };
    return this.call(box, 'messages.attachments.get', 'message', (options) =>
      this.users.messages.attachments.get(params, options),
    );
  }

  /** The labels after the change. @throws DomainError `gmail.message-gone`. */
  async modify(box: MailboxCredentials, id: string, requestBody: LabelChange): Promise<string[]> {
    const params = { userId: me, id, requestBody, fields: 'id,labelIds' };
    const message = await this.call(box, 'messages.modify', 'message', (options) =>
      this.users.messages.modify(params, options),
    );
    return message.labelIds ?? [];
  }

  async labels(box: MailboxCredentials): Promise<gmail_v1.Schema$Label[]> {
    const params = { userId: me, fields: 'labels(id,name,type)' };
    const answer = await this.call(box, 'labels.list', 'other', (options) =>
      this.users.labels.list(params, options),
    );
    return answer.labels ?? [];
  }

  /** Starts or renews pushes of every change. */
  watch(box: MailboxCredentials, topicName: string): Promise<gmail_v1.Schema$WatchResponse> {
    const params = { userId: me, requestBody: { topicName } };
    return this.call(box, 'watch', 'other', (options) => this.users.watch(params, options));
  }

  private call<T>(
    box: MailboxCredentials,
    method: GmailMethod,
    target: CallTarget,
    send: (options: CallOptions) => Promise<{ data: T }>,
  ): Promise<T> {
    return this.calls.call(box, { method, count: 1, target }, async (token, signal) => {
      const { data } = await send({ headers: { authorization: `Bearer ${token}` }, signal });
      return data;
    });
  }
}

/** How much of a message `messages.get` answers. */
export interface MessageForm {
  format: string;
  metadataHeaders?: string[];
  fields: string;
}

/** A message with its parts. */
export const fullMessage = {
  format: 'full',
  fields: 'id,threadId,labelIds,internalDate,payload',
} satisfies MessageForm;

/** What a message's discovery needs to know. */
export const messageFacts = {
  format: 'metadata',
  metadataHeaders: ['From', 'List-Id'],
  fields: 'id,threadId,labelIds,internalDate,historyId,payload/headers',
} satisfies MessageForm;
