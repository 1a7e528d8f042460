/** Where a connection stands; see `transitions` for how it moves. */
export const connectionStatuses = ['pending', 'connected', 'needs_reauth', 'paused', 'disconnected'] as const;
export type ConnectionStatus = (typeof connectionStatuses)[number];

/** Why a connection is not `connected`; stored as its code, told as its sentence. */
const reasons = {
  'consent-unfinished': 'Google has not yet confirmed the access. Connect the mailbox once more to finish.',
  'scope-missing':
    'The permission to read mail was not ticked on Google’s page. Connect again and leave the box ticked.',
  'no-lasting-access': 'Google gave access for an hour only. Connect the mailbox once more.',
  'consent-revoked':
    'Google no longer accepts our access: it was removed, the password changed, or it lay unused too long. Connect again.',
  'mailbox-unavailable':
    'This Google account has no Gmail mailbox, or its administrator has turned Gmail off.',
  'refused-by-administrator': 'The administrator of this Google account does not allow the access.',
  'paused-by-user': 'You have paused this mailbox. Resume it to go on.',
  'disconnected-by-user': 'You have disconnected this mailbox.',
} as const;
export type StatusReason = keyof typeof reasons;

/** The moves a connection can make. Whatever else is asked for is a conflict. */
const transitions: Record<ConnectionStatus, readonly ConnectionStatus[]> = {
  pending: ['pending', 'connected', 'disconnected'],
  connected: ['connected', 'needs_reauth', 'paused', 'disconnected'],
  needs_reauth: ['needs_reauth', 'connected', 'disconnected'],
  paused: ['paused', 'connected', 'needs_reauth', 'disconnected'],
  disconnected: ['disconnected', 'pending', 'connected'],
};

/** Whether a connection may go from one status to the other. */
export function mayBecome(from: ConnectionStatus, to: ConnectionStatus): boolean {
  return transitions[from].includes(to);
}

/** What a person reads about a reason; null for a connection that works. */
export function explain(reason: string | null): string | null {
  if (reason === null) return null;
  return (reasons as Partial<Record<string, string>>)[reason] ?? 'The mailbox cannot be read at the moment.';
}
