import { type MailHeaders } from './mail-headers';

/** One node of a mail's MIME tree, the same for raw mail and for Gmail's payload. */
export interface MailPart {
  /** Lower-cased `type/subtype`. */
  mimeType: string;
  /** Parameters of `Content-Type`, names lower-cased. */
  params: ReadonlyMap<string, string>;
  headers: MailHeaders;
  filename: string;
  isAttachment: boolean;
  parts: MailPart[];
  /** Bytes after transfer decoding; an estimate for attachments, which nobody decodes. */
  size: number;
  /** The body after transfer decoding; computed on each call. */
  bytes: () => Buffer;
  /** The body as text, by its charset; computed on each call. */
  text: () => string;
}

export const isMultipart = (part: MailPart): boolean => part.mimeType.startsWith('multipart/');
