import { invalidArgument } from '../api-error';
import { gmailScopes } from '../oauth/scopes';
import { bodyObject, type CallContext, type GmailCall, requireMessage, stringList } from './call';
import type { Mailbox } from './mailbox';
import type { StoredMessage } from './stored-message';

const scopes = [gmailScopes.full, gmailScopes.modify];
const labelLimit = 100;
const batchLimit = 1_000;

/** `messages.modify`. */
export const modifyMessage: GmailCall = {
  id: 'messages.modify',
  verb: 'POST',
  path: '{userId}/messages/{id}/modify',
  scopes,
  answer: (context) => {
    const { add, remove } = labelChange(context);
    if (add.length + remove.length === 0) throw invalidArgument('No label add or removes specified');
    return relabel(context.mailbox, requireMessage(context), add, remove);
  },
};

/** `messages.batchModify`: up to 1,000 messages; ids that do not exist are passed over. */
export const batchModifyMessages: GmailCall = {
  id: 'messages.batchModify',
  verb: 'POST',
  path: '{userId}/messages/batchModify',
  scopes,
  answer: (context) => {
    const ids = stringList(bodyObject(context.body), 'ids');
    if (ids.length === 0) throw invalidArgument('No message ids specified');
    if (ids.length > batchLimit) throw invalidArgument('Too many message ids specified');
    const { add, remove } = labelChange(context);
    const found = ids.flatMap((id) => context.mailbox.find(id) ?? []);
    context.mailbox.relabel(found, add, remove);
    return undefined;
  },
};

/** `messages.trash`: out of the inbox, into the trash. */
export const trashMessage: GmailCall = {
  id: 'messages.trash',
  verb: 'POST',
  path: '{userId}/messages/{id}/trash',
  scopes,
  answer: (context) => relabel(context.mailbox, requireMessage(context), ['TRASH'], ['INBOX']),
};

/** `messages.untrash`: out of the trash, into the archive. */
export const untrashMessage: GmailCall = {
  id: 'messages.untrash',
  verb: 'POST',
  path: '{userId}/messages/{id}/untrash',
  scopes,
  answer: (context) => relabel(context.mailbox, requireMessage(context), [], ['TRASH']),
};

/** `messages.delete`: for good, which only the full mail scope allows. */
export const deleteMessage: GmailCall = {
  id: 'messages.delete',
  verb: 'DELETE',
  path: '{userId}/messages/{id}',
  scopes: [gmailScopes.full],
  answer: (context) => {
    context.mailbox.delete(requireMessage(context).id);
    return undefined;
  },
};

function labelChange({ mailbox, body }: CallContext): { add: string[]; remove: string[] } {
  const wanted = bodyObject(body);
  const add = stringList(wanted, 'addLabelIds');
  const remove = stringList(wanted, 'removeLabelIds');
  if (add.length > labelLimit || remove.length > labelLimit)
    throw invalidArgument('Too many labels specified');
  mailbox.labels.requireChangeable([...add, ...remove]);
  return { add, remove };
}

function relabel(mailbox: Mailbox, message: StoredMessage, add: string[], remove: string[]): unknown {
  mailbox.relabel([message], add, remove);
  return { id: message.id, threadId: message.threadId, labelIds: [...message.labelIds] };
}
