const hour = 3_600_000;

/** Milliseconds that a mailed token is good for. */
export const mailedTokenTtlMs = { 'verify-email': 48 * hour, 'reset-password': hour } as const;

/**
 * Where a mail sends its reader: the console takes the token out of the fragment, which no server log and no Referer sees,
 * and posts it, so that a mail scanner that follows links uses nothing up.
 */
export function tokenLink(publicUrl: string, purpose: keyof typeof mailedTokenTtlMs, token: string): string {
  return `${publicUrl}/console/#${purpose}=${token}`;
}
