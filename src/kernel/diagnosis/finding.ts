/** What one look at the installation came to. */
export interface Finding {
  /** `subject.aspect`, stable: `database.rls`. */
  check: string;
  state: 'ok' | 'warning' | 'fault';
  /** What was seen. Never a secret. */
  said: string;
  /** What to do about it; ends where the hand begins. */
  mend?: string;
}

export const ok = (check: string, said: string): Finding => ({ check, state: 'ok', said });
export const warning = (check: string, said: string, mend: string): Finding => ({
  check,
  state: 'warning',
  said,
  mend,
});
export const fault = (check: string, said: string, mend: string): Finding => ({
  check,
  state: 'fault',
  said,
  mend,
});

/** Words for whatever a call threw: an error's own, or those of the first one it holds (a refused connection holds several). */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message;
}
