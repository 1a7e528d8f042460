import { invalidArgument } from '../api-error';
import { gmailScopes } from '../oauth/scopes';
import { bodyObject, type GmailCall, stringList } from './call';

const { full, modify, readonly, metadata, compose } = gmailScopes;
const watchLifeMs = 7 * 86_400_000;

/** `getProfile`. */
export const getProfile: GmailCall = {
  id: 'getProfile',
  verb: 'GET',
  path: '{userId}/profile',
  scopes: [full, modify, readonly, metadata, compose],
  answer: ({ mailbox }) => {
    const messages = mailbox.newestFirst();
    return {
      emailAddress: mailbox.email,
      messagesTotal: messages.length,
      threadsTotal: new Set(messages.map(({ threadId }) => threadId)).size,
      historyId: String(mailbox.history.current),
    };
  },
};

/** `watch`: pushes for 7 days; a second call renews it. */
export const watchMailbox: GmailCall = {
  id: 'watch',
  verb: 'POST',
  path: '{userId}/watch',
  scopes: [full, modify, readonly, metadata],
  answer: ({ mailbox, body, now }) => {
    const wanted = bodyObject(body);
    const topicName = wanted.topicName;
    if (typeof topicName !== 'string' || !/^projects\/[^/]+\/topics\/[^/]+$/.test(topicName)) {
      throw invalidArgument('Invalid topicName');
    }
    const labelIds = stringList(wanted, 'labelIds');
    mailbox.labels.requireKnown(labelIds);
    const behavior = wanted.labelFilterBehavior ?? wanted.labelFilterAction ?? 'include';
    if (behavior !== 'include' && behavior !== 'exclude')
      throw invalidArgument('Invalid labelFilterBehavior');
    mailbox.watch = { topicName, labelIds, behavior, expiration: now + watchLifeMs };
    return { historyId: String(mailbox.history.current), expiration: String(mailbox.watch.expiration) };
  },
};

/** `stop`: no pushes any more. */
export const stopWatching: GmailCall = {
  id: 'stop',
  verb: 'POST',
  path: '{userId}/stop',
  scopes: [full, modify, readonly, metadata],
  answer: ({ mailbox }) => {
    mailbox.watch = undefined;
    return undefined;
  },
};
