import { Inbrief, InbriefProblem, webStorageTokens } from '../../sdk/src/index.ts';

export * from '../../sdk/src/index.ts';

/** Told when the session begins or ends, here or on the server. */
const listeners = new Set<() => void>();

/**
 * The API of this very origin. Tokens live in sessionStorage: they outlive the way to Google or Stripe and back, and end with
 * the tab (console/README.md says why not elsewhere).
 */
export const inbrief = new Inbrief({
  tokens: webStorageTokens(sessionStorage, 'inbrief.session'),
  onSignedOut: sessionChanged,
});

export function onSessionChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function sessionChanged(): void {
  for (const listener of listeners) listener();
}

const plain: Record<string, string> = {
  'auth.invalid-credentials': 'That address and password do not belong together.',
  'gmail.consent-denied': 'Google says that the access was not allowed. Nothing was connected.',
  'gmail.scope-missing':
    'Reading mail was not allowed on Google’s page. Connect again and leave that box ticked.',
  'jobs.no-connection': 'Connect a mailbox first.',
  'request.rate-limited': 'That was a little fast. Wait a moment and try again.',
  'sdk.unreachable': 'The server cannot be reached. Are you online?',
  'sdk.timeout': 'The server took too long to answer. Try again.',
};

/** An error in words for the person in front of the screen. */
export function wordsFor(error: unknown): string {
  if (!InbriefProblem.is(error)) return 'Something unexpected happened. Reload the page and try again.';
  return plain[error.code] ?? error.detail;
}

/** What is wrong with the field, when the problem names it. */
export function faultOf(error: unknown, field: string): string | undefined {
  if (!InbriefProblem.is(error)) return undefined;
  return error.faults.find(({ path }) => path === `/${field}`)?.message;
}
