import { decodeEncodedWords } from '../mime/encoded-words';
import type { StoredMessage } from './stored-message';

const replyPrefix = /^(?:(?:re|fwd?|aw|wg|sv|antw|tr|rv)(?:\[\d+\])?\s*:\s*)+/i;
const messageId = /<[^<>\s]+>/g;

/** Finds the conversation of a message: by References and In-Reply-To, then by the subject of a reply. */
export class ThreadIndex {
  private readonly byMessageId = new Map<string, string>();
  private readonly bySubject = new Map<string, string>();

  /** The thread's id, which is the id of its first message unless one is given. */
  place(message: StoredMessage, given?: string): string {
    const subject = decodeEncodedWords(message.header('subject') ?? '').trim();
    const topic = subject.replace(replyPrefix, '').toLowerCase();
    const references = `${message.header('references') ?? ''} ${message.header('in-reply-to') ?? ''}`;
    const referred = references
      .match(messageId)
      ?.toReversed()
      .map((id) => this.byMessageId.get(id));
    const replied = replyPrefix.test(subject) && topic !== '' ? this.bySubject.get(topic) : undefined;
    const found = referred?.find((thread) => thread !== undefined) ?? replied;
    const threadId = given ?? found ?? message.id;
    for (const id of message.header('message-id')?.match(messageId) ?? []) this.byMessageId.set(id, threadId);
    if (topic !== '') this.bySubject.set(topic, threadId);
    return threadId;
  }
}
