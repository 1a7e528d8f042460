import { entityNotFound } from '../api-error';
import { gmailScopes } from '../oauth/scopes';
import { bodyObject, type GmailCall } from './call';
import type { Label } from './labels';
import type { Mailbox } from './mailbox';

const { full, modify, readonly, metadata, labels } = gmailScopes;

/** `labels.list`. */
export const listLabels: GmailCall = {
  id: 'labels.list',
  verb: 'GET',
  path: '{userId}/labels',
  scopes: [full, modify, readonly, metadata, labels],
  answer: ({ mailbox }) => ({ labels: mailbox.labels.list() }),
};

/** `labels.get`: the label with its counts. */
export const getLabel: GmailCall = {
  id: 'labels.get',
  verb: 'GET',
  path: '{userId}/labels/{id}',
  scopes: [full, modify, readonly, metadata, labels],
  answer: ({ mailbox, path }) => {
    const label = mailbox.labels.find(path.id ?? '');
    if (!label) throw entityNotFound();
    return { ...label, ...counts(mailbox, label) };
  },
};

/** `labels.create`. */
export const createLabel: GmailCall = {
  id: 'labels.create',
  verb: 'POST',
  path: '{userId}/labels',
  scopes: [full, modify, labels],
  answer: ({ mailbox, body }) => mailbox.labels.create(bodyObject(body)),
};

function counts(mailbox: Mailbox, label: Label): Record<string, number> {
  const labelled = mailbox.newestFirst().filter((message) => message.labelIds.has(label.id));
  const unread = labelled.filter((message) => message.labelIds.has('UNREAD'));
  const threads = (messages: typeof labelled): number =>
    new Set(messages.map(({ threadId }) => threadId)).size;
  return {
    messagesTotal: labelled.length,
    messagesUnread: unread.length,
    threadsTotal: threads(labelled),
    threadsUnread: threads(unread),
  };
}
