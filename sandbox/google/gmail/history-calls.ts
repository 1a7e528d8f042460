import { entityNotFound, invalidArgument } from '../api-error';
import { gmailScopes } from '../oauth/scopes';
import { countParameter, type GmailCall } from './call';
import type { HistoryKind, HistoryRecord } from './history-log';
import { readPageToken, writePageToken } from './page-token';

const kinds: readonly HistoryKind[] = ['messageAdded', 'messageDeleted', 'labelAdded', 'labelRemoved'];

/** `history.list`: what changed since a cursor; 404 when the cursor is too old. */
export const listHistory: GmailCall = {
  id: 'history.list',
  verb: 'GET',
  path: '{userId}/history',
  scopes: [gmailScopes.full, gmailScopes.modify, gmailScopes.readonly, gmailScopes.metadata],
  answer: ({ mailbox, query }) => {
    const cursor = query.get('startHistoryId') ?? '';
    if (!/^\d{1,20}$/.test(cursor)) throw invalidArgument('Invalid value for startHistoryId');
    const most = countParameter(query, 'maxResults', 100, 500);
    const records = mailbox.history.after(Number(cursor));
    if (!records) throw entityNotFound();
    const token = query.get('pageToken');
    const from = token === null ? 0 : Number(readPageToken(token, 1)[0]);
    const wanted = records.filter((record) => record.id > from && isWanted(record, query));
    const page = wanted.slice(0, most);
    const last = page.at(-1);
    return {
      ...(page.length > 0 && { history: page.map(recordView) }),
      ...(wanted.length > page.length && last && { nextPageToken: writePageToken(last.id) }),
      historyId: String(mailbox.history.current),
    };
  },
};

function isWanted(record: HistoryRecord, query: URLSearchParams): boolean {
  const types = query.getAll('historyTypes');
  const wrong = types.find((type) => !kinds.some((kind) => kind === type));
  if (wrong !== undefined) throw invalidArgument(`Invalid value at 'history_types': ${wrong}`);
  const label = query.get('labelId');
  const labelled = label === null || [...record.message.labelIds, ...(record.labelIds ?? [])].includes(label);
  return labelled && (types.length === 0 || types.includes(record.kind));
}

function recordView({ id, kind, message, labelIds }: HistoryRecord): Record<string, unknown> {
  const named = { id: message.id, threadId: message.threadId };
  const change = { message, ...(labelIds && { labelIds }) };
  const field = {
    messageAdded: 'messagesAdded',
    messageDeleted: 'messagesDeleted',
    labelAdded: 'labelsAdded',
    labelRemoved: 'labelsRemoved',
  };
  return { id: String(id), messages: [named], [field[kind]]: [change] };
}
