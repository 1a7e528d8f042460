/**
 * Quota units of each Gmail method we call, as Google charges projects made since May 2026 (developers' documentation,
 * "Usage limits"); the ones not listed there keep their older figures. `GMAIL_METHOD_UNITS` overrides single entries.
 */
export const defaultUnits = {
  getProfile: 1,
  'history.list': 2,
  'labels.list': 1,
  'messages.attachments.get': 20,
  'messages.get': 20,
  'messages.list': 5,
  'messages.modify': 5,
  watch: 100,
} as const;

export type GmailMethod = keyof typeof defaultUnits;

/** What each method costs. */
export type UnitTable = Readonly<Record<GmailMethod, number>>;

/** The table with overrides of the form `messages.get=5` applied; unknown names are refused when the environment is read. */
export function unitTable(overrides: readonly string[]): UnitTable {
  const table: Record<GmailMethod, number> = { ...defaultUnits };
  for (const override of overrides) {
    const [method = '', units = ''] = override.split('=');
    if (method in table) table[method as GmailMethod] = Number(units);
  }
  return table;
}
