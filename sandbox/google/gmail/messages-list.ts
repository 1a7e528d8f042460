import { forbidden } from '../api-error';
import { gmailScopes } from '../oauth/scopes';
import { type CallContext, countParameter, type GmailCall } from './call';
import { readPageToken, writePageToken } from './page-token';
import { compileQuery } from './query';
import type { Predicate } from './query-terms';

/** `messages.list`: newest first, filtered by labels and search, in pages that survive changes between them. */
export const listMessages: GmailCall = {
  id: 'messages.list',
  verb: 'GET',
  path: '{userId}/messages',
  scopes: [gmailScopes.full, gmailScopes.modify, gmailScopes.readonly, gmailScopes.metadata],
  answer: (context) => {
    const { mailbox, query } = context;
    const most = countParameter(query, 'maxResults', 100, 500);
    const matches = filter(context);
    const token = query.get('pageToken');
    const all = mailbox.newestFirst();
    const { start, estimate } = token === null ? { start: 0, estimate: undefined } : resume(context, token);

    const page = [];
    let at = start;
    for (; at < all.length && page.length < most; at += 1) {
      const message = all[at];
      if (message && matches(message)) page.push(message);
    }
    const last = page.at(-1);
    const rest = all.slice(at);
    const more = rest.some(matches);
    // Counted once, for the first page; the token carries it on.
    const total = estimate ?? page.length + (more ? rest.filter(matches).length : 0);
    return {
      ...(page.length > 0 && { messages: page.map(({ id, threadId }) => ({ id, threadId })) }),
      ...(more && last && { nextPageToken: writePageToken(last.internalDate, last.id, total) }),
      resultSizeEstimate: total,
    };
  },
};

function resume({ mailbox }: CallContext, token: string): { start: number; estimate: number } {
  const [date = '', id = '', estimate = ''] = readPageToken(token, 3);
  const place = { internalDate: Number(date), id };
  const start = mailbox.position(place);
  const stillThere = mailbox.newestFirst()[start]?.id === id;
  return { start: stillThere ? start + 1 : start, estimate: Number(estimate) };
}

function filter({ mailbox, query, metadataOnly, now }: CallContext): Predicate {
  const search = query.get('q');
  if (search !== null && metadataOnly) throw forbidden("Metadata scope does not support 'q' parameter");
  const labelIds = query.getAll('labelIds');
  mailbox.labels.requireKnown(labelIds);
  const compiled = compileQuery(search ?? '', { email: mailbox.email, labels: mailbox.labels, now });
  const everything = query.get('includeSpamTrash') === 'true';
  const spam = everything || compiled.includesSpam || labelIds.includes('SPAM');
  const trash = everything || compiled.includesTrash || labelIds.includes('TRASH');
  return (message) =>
    (spam || !message.labelIds.has('SPAM')) &&
    (trash || !message.labelIds.has('TRASH')) &&
    labelIds.every((id) => message.labelIds.has(id)) &&
    compiled.matches(message);
}
