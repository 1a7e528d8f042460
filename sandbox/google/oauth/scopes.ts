const prefix = 'https://www.googleapis.com/auth/';

export const emailScope = `${prefix}userinfo.email`;
export const profileScope = `${prefix}userinfo.profile`;

/** Full names of the Gmail scopes by their short ones. */
export const gmailScopes = {
  full: 'https://mail.google.com/',
  modify: `${prefix}gmail.modify`,
  readonly: `${prefix}gmail.readonly`,
  metadata: `${prefix}gmail.metadata`,
  labels: `${prefix}gmail.labels`,
  compose: `${prefix}gmail.compose`,
} as const;

const aliases: Record<string, string> = { email: emailScope, profile: profileScope };

const descriptions: Record<string, string> = {
  openid: 'Associate you with your personal info on Google',
  [emailScope]: 'See your primary Google Account email address',
  [profileScope]: 'See your personal info, including any you made public',
  [gmailScopes.full]: 'Read, compose, send and permanently delete all your email',
  [gmailScopes.modify]: 'Read, compose and send emails',
  [gmailScopes.readonly]: 'View your email messages and settings',
  [gmailScopes.metadata]: 'View your email message metadata, but not the body',
  [gmailScopes.labels]: 'See and edit your email labels',
  [gmailScopes.compose]: 'Manage drafts and send emails',
};

/** The scopes of a space-separated list, aliases spelt out as Google does, each once. */
export function parseScopes(text: string): string[] {
  const named = text.split(/\s+/).filter((scope) => scope !== '');
  return [...new Set(named.map((scope) => aliases[scope] ?? scope))];
}

/** Whether Google knows the scope; an unknown one ends in `invalid_scope`. */
export function isKnownScope(scope: string): boolean {
  return scope in descriptions;
}

export function describeScope(scope: string): string {
  return descriptions[scope] ?? scope;
}

/** Identity scopes are granted as a whole; the others have a tick box each on the consent page. */
export function isOptionalScope(scope: string): boolean {
  return scope !== 'openid' && scope !== emailScope && scope !== profileScope;
}
