import type { FastifyInstance, FastifyReply } from 'fastify';
import type { GoogleState } from '../google-state';
import type { Account } from './account';
import { type AuthorizationRequest, AuthorizationRefused, readAuthorization } from './authorization-request';
import { consentPage, errorPage } from './consent-page';
import { isOptionalScope } from './scopes';

/** The authorization endpoint and the form behind its consent page. */
export function serveAuthorization(app: FastifyInstance, state: GoogleState): void {
  app.get('/o/oauth2/v2/auth', (request, reply) => {
    const query = new URLSearchParams(request.url.split('?')[1] ?? '');
    return withChecked(reply, query, state, (checked) => {
      const known = state.accounts.get(checked.loginHint?.toLowerCase() ?? '') ?? onlyOne(state);
      const decided = decideUnasked(checked, known, state);
      if (decided) return reply.redirect(decided, 302);
      return html(reply, 200, consentPage(query, checked, [...state.accounts.values()]));
    });
  });

  app.post('/__consent', (request, reply) => {
    const form = request.body as URLSearchParams;
    return withChecked(reply, form, state, (checked) => {
      if (form.get('decision') !== 'allow') return reply.redirect(refusal(checked, 'access_denied'), 302);
      const account = state.accounts.get((form.get('account') ?? checked.loginHint ?? '').toLowerCase());
      if (!account) return html(reply, 400, errorPage(400, 'invalid_request', 'Choose one of the accounts.'));
      return reply.redirect(approval(checked, account, grantedScopes(form, checked), state), 302);
    });
  });
}

function withChecked(
  reply: FastifyReply,
  query: URLSearchParams,
  state: GoogleState,
  next: (checked: AuthorizationRequest) => FastifyReply,
): FastifyReply {
  try {
    return next(readAuthorization(query, state.clients));
  } catch (refused) {
    if (!(refused instanceof AuthorizationRefused)) throw refused;
    return html(reply, refused.status, errorPage(refused.status, refused.error, refused.message));
  }
}

/** Where to go without a page: a known account that granted everything before is not asked again. */
function decideUnasked(
  checked: AuthorizationRequest,
  account: Account | undefined,
  state: GoogleState,
): string | undefined {
  const granted = account ? state.tokens.granted(checked.clientId, account.email) : new Set<string>();
  const grantedAll = checked.scopes.every((scope) => granted.has(scope));
  const mustAsk = checked.prompt.includes('consent') || checked.prompt.includes('select_account');
  if (account && grantedAll && !mustAsk) return approval(checked, account, checked.scopes, state);
  if (!checked.prompt.includes('none')) return undefined;
  return refusal(checked, account ? 'consent_required' : 'login_required');
}

// Google lets a person untick single scopes, so an answer may grant less than was asked for.
function grantedScopes(form: URLSearchParams, checked: AuthorizationRequest): string[] {
  const ticked = form.getAll('granted_scope');
  if (!form.has('granular') && ticked.length === 0) return checked.scopes;
  return checked.scopes.filter((scope) => !isOptionalScope(scope) || ticked.includes(scope));
}

function approval(
  checked: AuthorizationRequest,
  account: Account,
  scopes: string[],
  state: GoogleState,
): string {
  const code = state.tokens.issueCode(checked, account.email, scopes);
  const parameters = { code, scope: scopes.join(' '), authuser: '0', prompt: checked.prompt[0] ?? 'none' };
  return callback(checked, parameters);
}

function refusal(checked: AuthorizationRequest, error: string): string {
  return callback(checked, { error });
}

function callback(checked: AuthorizationRequest, parameters: Record<string, string>): string {
  const url = new URL(checked.redirectUri);
  if (checked.state !== undefined) url.searchParams.set('state', checked.state);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

function onlyOne(state: GoogleState): Account | undefined {
  const [account, second] = state.accounts.values();
  return second ? undefined : account;
}

function html(reply: FastifyReply, status: number, body: string): FastifyReply {
  return reply.code(status).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(body);
}
