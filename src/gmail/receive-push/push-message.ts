/** What Gmail publishes about a mailbox. */
export interface MailboxNotice {
  emailAddress: string;
  historyId: bigint;
}

/** The notice inside a Pub/Sub envelope; undefined when it is none. */
export function readNotice(envelope: unknown): MailboxNotice | undefined {
  const data = (envelope as { message?: { data?: unknown } } | null | undefined)?.message?.data;
  if (typeof data !== 'string') return undefined;
  try {
    const notice = JSON.parse(Buffer.from(data, 'base64').toString('utf8')) as Record<string, unknown> | null;
    const emailAddress = notice?.emailAddress;
    // Gmail writes the id as a number; a string is taken as well, since ids may outgrow what a number can hold.
    const historyId = String(notice?.historyId);
    if (typeof emailAddress !== 'string' || !/^\d{1,19}$/.test(historyId)) return undefined;
    return { emailAddress: emailAddress.toLowerCase(), historyId: BigInt(historyId) };
  } catch {
    return undefined;
  }
}
