const gmail = 'https://www.googleapis.com/auth/gmail';

/** Google's scopes as this application uses them. */
export const googleScopes = {
  openid: 'openid',
  email: 'https://www.googleapis.com/auth/userinfo.email',
  readonly: `${gmail}.readonly`,
  modify: `${gmail}.modify`,
  full: 'https://mail.google.com/',
} as const;

/** What a consent asks for: reading always, changing labels only once the user turned actions on. */
export function scopesToAsk(actions: boolean): string[] {
  const { openid, email, readonly, modify } = googleScopes;
  return actions ? [openid, email, readonly, modify] : [openid, email, readonly];
}

/** The scopes of a token answer, each once. */
export function parseScopes(granted: string): string[] {
  return [...new Set(granted.split(/\s+/).filter(Boolean))];
}

/** Whether the granted scopes let us read whole messages; `gmail.metadata` would not. */
export function canRead(granted: readonly string[]): boolean {
  return granted.includes(googleScopes.readonly) || canModify(granted);
}

/** Whether the granted scopes let us change labels. */
export function canModify(granted: readonly string[]): boolean {
  return granted.includes(googleScopes.modify) || granted.includes(googleScopes.full);
}
