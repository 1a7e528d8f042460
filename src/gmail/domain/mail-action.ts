/** What may be done to a mail. */
export const actionKinds = [
  'mark_read',
  'mark_unread',
  'star',
  'unstar',
  'archive',
  'unarchive',
  'label',
  'unlabel',
  'trash',
  'untrash',
] as const;
export type ActionKind = (typeof actionKinds)[number];

/** Where an action stands. `requested` and `undoing` are recorded and not yet at Gmail. */
export const actionStatuses = ['requested', 'applied', 'failed', 'undoing', 'undone'] as const;
export type ActionStatus = (typeof actionStatuses)[number];

/** How long an applied action can be taken back, ms. */
export const undoWithinMs = 30 * 86_400_000;

/** Labels to put on and to take off. */
export interface LabelChange {
  addLabelIds: string[];
  removeLabelIds: string[];
}

/** The labels an action changes. @param labelId for `label` and `unlabel`, Gmail's id. */
export function labelChange(kind: ActionKind, labelId: string | null): LabelChange {
  const own = labelId === null ? [] : [labelId];
  const changes: Record<ActionKind, [add: string[], remove: string[]]> = {
    mark_read: [[], ['UNREAD']],
    mark_unread: [['UNREAD'], []],
    star: [['STARRED'], []],
    unstar: [[], ['STARRED']],
    archive: [[], ['INBOX']],
    unarchive: [['INBOX'], []],
    label: [own, []],
    unlabel: [[], own],
    trash: [['TRASH'], []],
    untrash: [[], ['TRASH']],
  };
  const [addLabelIds, removeLabelIds] = changes[kind];
  return { addLabelIds, removeLabelIds };
}

/**
 * The change that takes an action back: exactly what it put on comes off, and what it took off comes on again. What
 * somebody else changed since stays.
 */
export function undoChange(before: readonly string[], after: readonly string[]): LabelChange {
  return {
    addLabelIds: before.filter((label) => !after.includes(label)),
    removeLabelIds: after.filter((label) => !before.includes(label)),
  };
}
