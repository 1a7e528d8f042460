import { escapeHtml } from '../mime/snippet';
import type { Account } from './account';
import type { AuthorizationRequest } from './authorization-request';
import { describeScope, isOptionalScope } from './scopes';

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem;color:#1f1f1f;background:#fff}
fieldset{border:1px solid #767676;border-radius:8px;margin:1rem 0;padding:1rem}label{display:block;padding:.25rem 0}
button{font:inherit;padding:.5rem 1.5rem;margin-right:.5rem}.note{color:#444}`;

/** The page on which a person picks an account, sees what is asked for and allows or denies it. */
export function consentPage(
  query: URLSearchParams,
  request: AuthorizationRequest,
  accounts: Account[],
): string {
  const hidden = [...query].map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  const chosen =
    accounts.find((account) => account.email === request.loginHint?.toLowerCase()) ?? accounts[0];
  const choices = accounts.map((account) => {
    const checked = account === chosen ? ' checked' : '';
    const text = `${escapeHtml(account.name)} (${escapeHtml(account.email)})`;
    return `<label><input type="radio" name="account" value="${escapeHtml(account.email)}" required${checked}> ${text}</label>`;
  });
  return page(
    'Sign in with Google (sandbox)',
    `<p>${escapeHtml(request.clientId)} wants to access your Google Account.</p>
<form method="post" action="/__consent">
${hidden.join('\n')}
<input type="hidden" name="granular" value="1">
<fieldset><legend>Choose an account</legend>
${choices.join('\n') || '<p>This sandbox has no mailbox yet.</p>'}
</fieldset>
<fieldset><legend>What it may do</legend>
${request.scopes.map(scopeLine).join('\n')}
</fieldset>
<button type="submit" name="decision" value="allow">Allow</button>
<button type="submit" name="decision" value="deny" formnovalidate>Deny</button>
</form>
<p class="note">This is an emulator: no data leaves this machine.</p>`,
  );
}

/** The page shown instead of a redirect when the request cannot be trusted. */
export function errorPage(status: number, error: string, message: string): string {
  return page(
    'Access blocked: authorization error',
    `<p>${escapeHtml(message)}</p><p>Error ${status}: ${escapeHtml(error)}</p>`,
  );
}

function scopeLine(scope: string): string {
  const text = escapeHtml(describeScope(scope));
  if (!isOptionalScope(scope)) return `<p>${text}</p>`;
  const value = escapeHtml(scope);
  return `<label><input type="checkbox" name="granted_scope" value="${value}" checked> ${text}</label>`;
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><style>${style}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>
${body}
</main></body></html>`;
}
