/** What Gmail publishes about a mailbox. */
export interface MailboxNotice {
  emailAddress: string;
  historyId: bigint;
}

/** The notice inside a Pub/Sub envelope; undefined when it is none. */
export function readNotice(envelope: unknown): MailboxNotice | undefined {
  const data = (envelope as { message?: { data?: unknown } } | null | undefined)?.message?.data;
  if (typeof data !== 'string') return undefined;
  const text = Buffer.from(data, 'base64').toString('utf8');
  const emailAddress = addressIn(text);
  // Read from the text: Gmail writes the id as a number, and a large one would lose its last digits in parsing.
  const historyId = /"historyId"\s*:\s*"?(\d{1,24})"?\s*[,}]/.exec(text)?.[1];
  if (emailAddress === undefined || historyId === undefined) return undefined;
  return { emailAddress, historyId: BigInt(historyId) };
}

function addressIn(text: string): string | undefined {
  try {
    const address = (JSON.parse(text) as Record<string, unknown> | null)?.emailAddress;
    return typeof address === 'string' ? address.toLowerCase() : undefined;
  } catch {
    return undefined;
  }
}
