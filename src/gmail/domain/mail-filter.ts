/** Which mails of a mailbox are read. */
export interface MailFilter {
  /** Label ids of which a mail must carry one; every mail will do when empty. */
  onlyLabels: readonly string[];
  /** Label ids of which a mail must carry none. */
  skipLabels: readonly string[];
}

/** Search terms for the labels that have a name of their own in Gmail's query language. */
const searchTerms: Record<string, string> = {
  SPAM: 'in:spam',
  TRASH: 'in:trash',
  SENT: 'in:sent',
  DRAFT: 'in:drafts',
  CHAT: 'in:chats',
  CATEGORY_PERSONAL: 'category:primary',
  CATEGORY_PROMOTIONS: 'category:promotions',
  CATEGORY_SOCIAL: 'category:social',
  CATEGORY_UPDATES: 'category:updates',
  CATEGORY_FORUMS: 'category:forums',
};

/** Whether a mail with these labels is one to read. */
export function isWanted(labels: readonly string[], { onlyLabels, skipLabels }: MailFilter): boolean {
  if (labels.some((label) => skipLabels.includes(label))) return false;
  return onlyLabels.length === 0 || labels.some((label) => onlyLabels.includes(label));
}

/**
 * The search that leaves out mails with these labels, as far as Gmail's query language names them; `isWanted` decides.
 * @param after only mails received later.
 */
export function searchQuery(skipLabels: readonly string[], after: Date | null): string {
  const skipped = skipLabels.flatMap((label) => (searchTerms[label] ? [`-${searchTerms[label]}`] : []));
  const since = after ? [`after:${Math.floor(after.getTime() / 1000)}`] : [];
  return [...since, ...skipped].join(' ');
}
