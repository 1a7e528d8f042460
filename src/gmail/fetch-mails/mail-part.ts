import type { gmail_v1 } from '../google/gmail-client';
import type { MailPart } from '../contracts/queries';

/** The SDK's part as the contract has it: what Gmail left out is absent, never null. */
export function toMailPart(part: gmail_v1.Schema$MessagePart): MailPart {
  const { partId, mimeType, filename, headers, body, parts } = part;
  return {
    partId: partId ?? undefined,
    mimeType: mimeType ?? undefined,
    filename: filename ?? undefined,
    headers: headers?.map(({ name, value }) => ({ name: name ?? '', value: value ?? '' })),
    body: body && {
      size: body.size ?? undefined,
      data: body.data ?? undefined,
      attachmentId: body.attachmentId ?? undefined,
    },
    parts: parts?.map(toMailPart),
  };
}
