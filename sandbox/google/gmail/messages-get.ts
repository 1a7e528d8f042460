import { entityNotFound, forbidden, invalidArgument } from '../api-error';
import { gmailScopes } from '../oauth/scopes';
import { type CallContext, type GmailCall, requireMessage } from './call';
import {
  attachmentContent,
  type Format,
  formats,
  messageView,
  type ViewOptions,
  wireBytes,
} from './message-view';

const readScopes = [gmailScopes.full, gmailScopes.modify, gmailScopes.readonly];

/** `messages.get`. */
export const getMessage: GmailCall = {
  id: 'messages.get',
  verb: 'GET',
  path: '{userId}/messages/{id}',
  scopes: [...readScopes, gmailScopes.metadata],
  answer: (context) => messageView(requireMessage(context), viewOptions(context)),
};

/** `messages.attachments.get`: the bytes of an attachment or of a large text part. */
export const getAttachment: GmailCall = {
  id: 'messages.attachments.get',
  verb: 'GET',
  path: '{userId}/messages/{messageId}/attachments/{id}',
  scopes: readScopes,
  answer: (context) => {
    const message = requireMessage(context, 'messageId');
    const content = attachmentContent(message, context.path.id ?? '');
    if (!content) throw invalidArgument('Invalid attachment token');
    return { size: content.length, data: wireBytes(content) };
  },
};

/** `threads.get`. */
export const getThread: GmailCall = {
  id: 'threads.get',
  verb: 'GET',
  path: '{userId}/threads/{id}',
  scopes: [...readScopes, gmailScopes.metadata],
  answer: (context) => {
    const options = viewOptions(context);
    const messages = context.mailbox.thread(context.path.id ?? '');
    if (messages.length === 0) throw entityNotFound();
    return {
      id: context.path.id,
      historyId: String(Math.max(...messages.map((message) => message.historyId))),
      messages: messages.map((message) => messageView(message, options)),
    };
  },
};

function viewOptions({ query, metadataOnly, largeTextBytes }: CallContext): ViewOptions {
  const wanted = (query.get('format') ?? 'full').toLowerCase();
  const format = formats.find((known): known is Format => known === wanted);
  if (!format) throw invalidArgument(`Invalid value at 'format': ${wanted}`);
  if (metadataOnly && (format === 'full' || format === 'raw')) {
    throw forbidden(`Metadata scope doesn't allow format ${format.toUpperCase()}`);
  }
  return { format, metadataHeaders: query.getAll('metadataHeaders'), largeTextBytes };
}
