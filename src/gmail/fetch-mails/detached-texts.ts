import type { MailPart } from '../contracts/queries';

/** A part whose text Gmail keeps apart from the message. */
export type DetachedText = MailPart & { body: { size?: number; data?: string; attachmentId: string } };

/** A text larger than this is no mail that a person reads; it stays where it is, bytes. */
const largestText = 5_000_000;

/** The text parts, at any depth, that came as an attachment id only. Files that a sender attached are left out. */
export function detachedTexts(part: MailPart): DetachedText[] {
  const inner = (part.parts ?? []).flatMap(detachedTexts);
  return isDetachedText(part) ? [part, ...inner] : inner;
}

function isDetachedText(part: MailPart): part is DetachedText {
  const { mimeType = '', filename = '', body } = part;
  const isText = /^text\/(plain|html)\b/i.test(mimeType) && filename === '';
  return isText && body?.attachmentId !== undefined && !body.data && (body.size ?? 0) <= largestText;
}
