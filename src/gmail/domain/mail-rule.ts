/** When a rule acts: every list that is not empty must hold the mail's value. */
export interface RuleConditions {
  categories: readonly string[];
  urgencies: readonly string[];
  /** Addresses, or domains such as `@example.com`; lower case. */
  senders: readonly string[];
  /** Ids of mailing lists as in List-Id; lower case. */
  lists: readonly string[];
}

/** What a rule looks at. */
export interface MailFacts {
  category: string;
  urgency: string;
  /** The address in From, lower case. */
  sender: string | null;
  listId: string | null;
}

/** Whether a mail fulfils all conditions of a rule. */
export function fulfils(
  facts: MailFacts,
  { categories, urgencies, senders, lists }: RuleConditions,
): boolean {
  return (
    holds(categories, (category) => category === facts.category) &&
    holds(urgencies, (urgency) => urgency === facts.urgency) &&
    holds(senders, (sender) => isFrom(facts.sender, sender)) &&
    holds(lists, (id) => id === facts.listId)
  );
}

/** The address of a From header, lower case; null when there is none. */
export function senderOf(from: string | undefined): string | null {
  const address =
    /<([^<>\s]+@[^<>\s]+)>[^<>]*$/.exec(from ?? '')?.[1] ?? /[^\s<>,;"]+@[^\s<>,;"]+/.exec(from ?? '')?.[0];
  return address?.toLowerCase() ?? null;
}

/** The id of a List-Id header, lower case; null when there is none. */
export function listIdOf(header: string | undefined): string | null {
  const id = (/<([^<>]+)>/.exec(header ?? '')?.[1] ?? header)?.trim().toLowerCase();
  return id ? id.slice(0, 255) : null;
}

function holds(wanted: readonly string[], is: (value: string) => boolean): boolean {
  return wanted.length === 0 || wanted.some(is);
}

function isFrom(sender: string | null, wanted: string): boolean {
  if (sender === null) return false;
  return wanted.startsWith('@') ? sender.endsWith(wanted) : sender === wanted;
}
