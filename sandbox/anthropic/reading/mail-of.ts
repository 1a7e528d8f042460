import { type MessagesRequest, userTexts } from '../request';
import { findMail } from './find-mail';
import type { FoundMail } from './found-mail';

const known = new WeakMap<MessagesRequest, FoundMail>();

/** The mail of a request; looked for once, though several parts of an answer need it. */
export function mailOf(request: MessagesRequest): FoundMail {
  const mail = known.get(request) ?? findMail(userTexts(request));
  known.set(request, mail);
  return mail;
}
