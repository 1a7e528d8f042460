import { decodeUtf8First } from './charset';
import { MailHeaders } from './mail-headers';
import { type MailPart } from './mail-part';

/** The part of Gmail's `users.messages` payload (`format=full`) that cleaning reads. */
export interface GmailPayload {
  partId?: string | null;
  mimeType?: string | null;
  filename?: string | null;
  headers?: { name?: string | null; value?: string | null }[] | null;
  body?: { data?: string | null; size?: number | null; attachmentId?: string | null } | null;
  parts?: GmailPayload[] | null;
}

const MAX_DEPTH = 200;

/**
 * A Gmail payload as a MIME tree. Gmail has undone the transfer encoding and turned text into UTF-8, whatever the
 * headers say; the declared charset counts only where the bytes are no UTF-8.
 */
export function fromGmailPayload(payload: GmailPayload, depth = 0): MailPart {
  const headers = new MailHeaders();
  for (const { name, value } of payload.headers ?? []) if (name) headers.add(name, value ?? '');
  const type = headers.structured('content-type');
  const bytes = (): Buffer => Buffer.from(payload.body?.data ?? '', 'base64url');
  return {
    mimeType: (payload.mimeType ?? type.value).toLowerCase() || 'text/plain',
    params: type.params,
    headers,
    filename: payload.filename ?? '',
    isAttachment:
      headers.structured('content-disposition').value === 'attachment' || Boolean(payload.body?.attachmentId),
    parts: depth < MAX_DEPTH ? (payload.parts ?? []).map((part) => fromGmailPayload(part, depth + 1)) : [],
    size: payload.body?.size ?? 0,
    bytes,
    text: () => decodeUtf8First(bytes(), type.params.get('charset')),
  };
}
