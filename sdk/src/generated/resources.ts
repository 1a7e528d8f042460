/** Made from openapi.json by `npm run sdk:types`; do not edit. */

import { Resource, type Answer, type Body, type CallOptions, type Item, type Query } from '../http/http.ts';

import type { Pages } from '../pages.ts';

export class AdminResource extends Resource {
  /**
   * Pays an unused purchase back. The credits go at once, the money follows.
   *
   * `POST /api/admin/payments/{id}/refund`
   */
  refundPurchase(
    id: string,
    body: Body<'admin.refundPurchase'>,
    options?: CallOptions,
  ): Promise<Answer<'admin.refundPurchase'>> {
    return this.http.call<'admin.refundPurchase'>(
      'POST',
      '/api/admin/payments/{id}/refund',
      { path: { id }, body },
      options,
    );
  }
}

export class ApiKeysResource extends Resource {
  /**
   * Make an API key
   *
   * `POST /api/auth/api-keys`
   */
  create(body: Body<'apiKeys.create'>, options?: CallOptions): Promise<Answer<'apiKeys.create'>> {
    return this.http.call<'apiKeys.create'>('POST', '/api/auth/api-keys', { body }, options);
  }

  /**
   * Your API keys
   *
   * `GET /api/auth/api-keys`
   */
  list(options?: CallOptions): Promise<Answer<'apiKeys.list'>> {
    return this.http.call<'apiKeys.list'>('GET', '/api/auth/api-keys', {}, options);
  }

  /**
   * Revoke an API key
   *
   * `DELETE /api/auth/api-keys/{keyId}`
   */
  revoke(keyId: string, options?: CallOptions): Promise<Answer<'apiKeys.revoke'>> {
    return this.http.call<'apiKeys.revoke'>(
      'DELETE',
      '/api/auth/api-keys/{keyId}',
      { path: { keyId } },
      options,
    );
  }
}

export class AuthResource extends Resource {
  /**
   * Change the password; other devices are signed out
   *
   * `POST /api/auth/change-password`
   */
  changePassword(
    body: Body<'auth.changePassword'>,
    options?: CallOptions,
  ): Promise<Answer<'auth.changePassword'>> {
    return this.http.call<'auth.changePassword'>('POST', '/api/auth/change-password', { body }, options);
  }

  /**
   * Prove who you are again, before a dangerous act
   *
   * `POST /api/auth/confirm-identity`
   */
  confirmIdentity(
    body: Body<'auth.confirmIdentity'>,
    options?: CallOptions,
  ): Promise<Answer<'auth.confirmIdentity'>> {
    return this.http.call<'auth.confirmIdentity'>('POST', '/api/auth/confirm-identity', { body }, options);
  }

  /**
   * Sign in with the code that Google gave
   *
   * `POST /api/auth/google/finish`
   */
  finishGoogle(body: Body<'auth.finishGoogle'>, options?: CallOptions): Promise<Answer<'auth.finishGoogle'>> {
    return this.http.call<'auth.finishGoogle'>(
      'POST',
      '/api/auth/google/finish',
      { body, open: true },
      options,
    );
  }

  /**
   * Ask for a mail with a way to a new password
   *
   * `POST /api/auth/forgot-password`
   */
  forgotPassword(
    body: Body<'auth.forgotPassword'>,
    options?: CallOptions,
  ): Promise<Answer<'auth.forgotPassword'>> {
    return this.http.call<'auth.forgotPassword'>(
      'POST',
      '/api/auth/forgot-password',
      { body, open: true },
      options,
    );
  }

  /**
   * Sign in with a password
   *
   * `POST /api/auth/login`
   */
  login(body: Body<'auth.login'>, options?: CallOptions): Promise<Answer<'auth.login'>> {
    return this.http.call<'auth.login'>('POST', '/api/auth/login', { body, open: true }, options);
  }

  /**
   * End this session
   *
   * `POST /api/auth/logout`
   */
  logout(options?: CallOptions): Promise<Answer<'auth.logout'>> {
    return this.http.call<'auth.logout'>('POST', '/api/auth/logout', {}, options);
  }

  /**
   * Sign every device out, this one included
   *
   * `POST /api/auth/logout-everywhere`
   */
  logoutEverywhere(options?: CallOptions): Promise<Answer<'auth.logoutEverywhere'>> {
    return this.http.call<'auth.logoutEverywhere'>('POST', '/api/auth/logout-everywhere', {}, options);
  }

  /**
   * Trade a refresh token for the next pair of tokens
   *
   * `POST /api/auth/refresh`
   */
  refresh(body: Body<'auth.refresh'>, options?: CallOptions): Promise<Answer<'auth.refresh'>> {
    return this.http.call<'auth.refresh'>('POST', '/api/auth/refresh', { body, open: true }, options);
  }

  /**
   * Open an account and sign in
   *
   * `POST /api/auth/register`
   */
  register(body: Body<'auth.register'>, options?: CallOptions): Promise<Answer<'auth.register'>> {
    return this.http.call<'auth.register'>('POST', '/api/auth/register', { body, open: true }, options);
  }

  /**
   * Ask for the verification mail once more
   *
   * `POST /api/auth/request-verification`
   */
  requestVerification(options?: CallOptions): Promise<Answer<'auth.requestVerification'>> {
    return this.http.call<'auth.requestVerification'>('POST', '/api/auth/request-verification', {}, options);
  }

  /**
   * Choose a new password with the token out of the mail
   *
   * `POST /api/auth/reset-password`
   */
  resetPassword(
    body: Body<'auth.resetPassword'>,
    options?: CallOptions,
  ): Promise<Answer<'auth.resetPassword'>> {
    return this.http.call<'auth.resetPassword'>(
      'POST',
      '/api/auth/reset-password',
      { body, open: true },
      options,
    );
  }

  /**
   * Begin to sign in with Google
   *
   * `POST /api/auth/google/start`
   */
  startGoogle(body: Body<'auth.startGoogle'>, options?: CallOptions): Promise<Answer<'auth.startGoogle'>> {
    return this.http.call<'auth.startGoogle'>(
      'POST',
      '/api/auth/google/start',
      { body, open: true },
      options,
    );
  }

  /**
   * Verify the address with the token out of the mail
   *
   * `POST /api/auth/verify-email`
   */
  verifyEmail(body: Body<'auth.verifyEmail'>, options?: CallOptions): Promise<Answer<'auth.verifyEmail'>> {
    return this.http.call<'auth.verifyEmail'>(
      'POST',
      '/api/auth/verify-email',
      { body, open: true },
      options,
    );
  }
}

export class BillingResource extends Resource {
  /**
   * Your credits: what you may spend, what is set aside, and when what expires.
   *
   * `GET /api/billing/balance`
   */
  balance(options?: CallOptions): Promise<Answer<'billing.balance'>> {
    return this.http.call<'billing.balance'>('GET', '/api/billing/balance', {}, options);
  }

  /**
   * Switches automatic top-ups on or off, and tries again after a problem.
   *
   * `PUT /api/billing/top-up`
   */
  configureTopUp(
    body: Body<'billing.configureTopUp'>,
    options?: CallOptions,
  ): Promise<Answer<'billing.configureTopUp'>> {
    return this.http.call<'billing.configureTopUp'>('PUT', '/api/billing/top-up', { body }, options);
  }

  /**
   * A month's credits line by line, from the opening to the closing balance, as CSV. Days are UTC.
   *
   * `GET /api/billing/history/{month}.csv`
   */
  exportStatement(month: string, options?: CallOptions): Promise<Answer<'billing.exportStatement'>> {
    return this.http.call<'billing.exportStatement'>(
      'GET',
      '/api/billing/history/{month}.csv',
      { path: { month }, as: 'text' },
      options,
    );
  }

  /**
   * Purchases, refunds, disputes and monthly statements, newest first.
   *
   * `GET /api/billing/history`
   */
  history(query?: Query<'billing.history'>, options?: CallOptions): Pages<Item<'billing.history'>> {
    return this.http.pages<'billing.history'>('/api/billing/history', { query }, options);
  }

  /**
   * The credit packages that can be bought.
   *
   * `GET /api/billing/packages`
   */
  packages(options?: CallOptions): Promise<Answer<'billing.packages'>> {
    return this.http.call<'billing.packages'>('GET', '/api/billing/packages', { open: true }, options);
  }

  /**
   * How one of your payments stands.
   *
   * `GET /api/billing/payments/{id}`
   */
  payment(id: string, options?: CallOptions): Promise<Answer<'billing.payment'>> {
    return this.http.call<'billing.payment'>('GET', '/api/billing/payments/{id}', { path: { id } }, options);
  }

  /**
   * Begins a purchase and answers the page to pay on.
   *
   * `POST /api/billing/purchase`
   */
  purchase(body: Body<'billing.purchase'>, options?: CallOptions): Promise<Answer<'billing.purchase'>> {
    return this.http.call<'billing.purchase'>(
      'POST',
      '/api/billing/purchase',
      { body, keyed: true },
      options,
    );
  }

  /**
   * Whether and how credits are bought by themselves.
   *
   * `GET /api/billing/top-up`
   */
  topUp(options?: CallOptions): Promise<Answer<'billing.topUp'>> {
    return this.http.call<'billing.topUp'>('GET', '/api/billing/top-up', {}, options);
  }

  /**
   * Every movement of your credits, newest first, with the balance after it.
   *
   * `GET /api/billing/transactions`
   */
  transactions(
    query?: Query<'billing.transactions'>,
    options?: CallOptions,
  ): Pages<Item<'billing.transactions'>> {
    return this.http.pages<'billing.transactions'>('/api/billing/transactions', { query }, options);
  }
}

export class DashboardResource extends Resource {
  /**
   * Credits, mailboxes, mails by state and summaries at a glance.
   *
   * `GET /api/dashboard`
   */
  get(options?: CallOptions): Promise<Answer<'dashboard.get'>> {
    return this.http.call<'dashboard.get'>('GET', '/api/dashboard', {}, options);
  }
}

export class EmailResource extends Resource {
  /**
   * Do something to one or many mails in Gmail
   *
   * `POST /api/email/actions`
   */
  act(body: Body<'email.act'>, options?: CallOptions): Promise<Answer<'email.act'>> {
    return this.http.call<'email.act'>('POST', '/api/email/actions', { body }, options);
  }

  /**
   * What was done to mails, newest first
   *
   * `GET /api/email/actions`
   */
  actions(query?: Query<'email.actions'>, options?: CallOptions): Pages<Item<'email.actions'>> {
    return this.http.pages<'email.actions'>('/api/email/actions', { query }, options);
  }

  /**
   * Have something done to mails of a kind from now on
   *
   * `POST /api/email/rules`
   */
  createRule(body: Body<'email.createRule'>, options?: CallOptions): Promise<Answer<'email.createRule'>> {
    return this.http.call<'email.createRule'>('POST', '/api/email/rules', { body }, options);
  }

  /**
   * Forget a rule; what it did stays done
   *
   * `DELETE /api/email/rules/{id}`
   */
  deleteRule(id: string, options?: CallOptions): Promise<Answer<'email.deleteRule'>> {
    return this.http.call<'email.deleteRule'>('DELETE', '/api/email/rules/{id}', { path: { id } }, options);
  }

  /**
   * What a rule would act on; changes nothing
   *
   * `POST /api/email/rules/dry-run`
   */
  dryRunRule(body: Body<'email.dryRunRule'>, options?: CallOptions): Promise<Answer<'email.dryRunRule'>> {
    return this.http.call<'email.dryRunRule'>('POST', '/api/email/rules/dry-run', { body }, options);
  }

  /**
   * Turn a rule on or off
   *
   * `PATCH /api/email/rules/{id}`
   */
  enableRule(
    id: string,
    body: Body<'email.enableRule'>,
    options?: CallOptions,
  ): Promise<Answer<'email.enableRule'>> {
    return this.http.call<'email.enableRule'>(
      'PATCH',
      '/api/email/rules/{id}',
      { path: { id }, body },
      options,
    );
  }

  /**
   * The rules, oldest first
   *
   * `GET /api/email/rules`
   */
  rules(options?: CallOptions): Promise<Answer<'email.rules'>> {
    return this.http.call<'email.rules'>('GET', '/api/email/rules', {}, options);
  }

  /**
   * Take an action back, within 30 days
   *
   * `POST /api/email/actions/{id}/undo`
   */
  undo(id: string, options?: CallOptions): Promise<Answer<'email.undo'>> {
    return this.http.call<'email.undo'>('POST', '/api/email/actions/{id}/undo', { path: { id } }, options);
  }
}

export class GmailResource extends Resource {
  /**
   * Pause or resume a mailbox, and set which mails are read
   *
   * `PATCH /api/gmail/connections/{id}`
   */
  configure(
    id: string,
    body: Body<'gmail.configure'>,
    options?: CallOptions,
  ): Promise<Answer<'gmail.configure'>> {
    return this.http.call<'gmail.configure'>(
      'PATCH',
      '/api/gmail/connections/{id}',
      { path: { id }, body },
      options,
    );
  }

  /**
   * Begin to connect a Gmail mailbox
   *
   * `POST /api/gmail/connections`
   */
  connect(body: Body<'gmail.connect'>, options?: CallOptions): Promise<Answer<'gmail.connect'>> {
    return this.http.call<'gmail.connect'>('POST', '/api/gmail/connections', { body }, options);
  }

  /**
   * One mailbox: its health, its filter, what became of its mails
   *
   * `GET /api/gmail/connections/{id}`
   */
  connection(id: string, options?: CallOptions): Promise<Answer<'gmail.connection'>> {
    return this.http.call<'gmail.connection'>(
      'GET',
      '/api/gmail/connections/{id}',
      { path: { id } },
      options,
    );
  }

  /**
   * The connected mailboxes, oldest first
   *
   * `GET /api/gmail/connections`
   */
  connections(options?: CallOptions): Promise<Answer<'gmail.connections'>> {
    return this.http.call<'gmail.connections'>('GET', '/api/gmail/connections', {}, options);
  }

  /**
   * Revoke the access to a mailbox and wipe its tokens
   *
   * `DELETE /api/gmail/connections/{id}`
   */
  disconnect(id: string, options?: CallOptions): Promise<Answer<'gmail.disconnect'>> {
    return this.http.call<'gmail.disconnect'>(
      'DELETE',
      '/api/gmail/connections/{id}',
      { path: { id } },
      options,
    );
  }

  /**
   * The labels of a mailbox, by name
   *
   * `GET /api/gmail/connections/{id}/labels`
   */
  labels(id: string, options?: CallOptions): Promise<Answer<'gmail.labels'>> {
    return this.http.call<'gmail.labels'>(
      'GET',
      '/api/gmail/connections/{id}/labels',
      { path: { id } },
      options,
    );
  }

  /**
   * What a sync would cost now. Nothing is started, read or held.
   *
   * `POST /api/email/quote`
   */
  quote(body: Body<'gmail.quote'>, options?: CallOptions): Promise<Answer<'gmail.quote'>> {
    return this.http.call<'gmail.quote'>('POST', '/api/email/quote', { body }, options);
  }

  /**
   * Looks for new mails in one or in every connected mailbox and queues a summary of each.
   *
   * `POST /api/gmail/sync`
   */
  sync(body: Body<'gmail.sync'>, options?: CallOptions): Promise<Answer<'gmail.sync'>> {
    return this.http.call<'gmail.sync'>('POST', '/api/gmail/sync', { body }, options);
  }
}

export class HealthResource extends Resource {
  /**
   * The event loop turns; says nothing about dependencies. Restart the process when this fails.
   *
   * `GET /health/live`
   */
  live(options?: CallOptions): Promise<Answer<'health.live'>> {
    return this.http.call<'health.live'>('GET', '/health/live', { open: true }, options);
  }

  /**
   * The process may take traffic: Postgres answers, its migrations are applied, and no stop was asked for.
   *
   * `GET /health/ready`
   */
  ready(options?: CallOptions): Promise<Answer<'health.ready'>> {
    return this.http.call<'health.ready'>('GET', '/health/ready', { open: true }, options);
  }

  /**
   * The process has started and saw its database once.
   *
   * `GET /health/startup`
   */
  startup(options?: CallOptions): Promise<Answer<'health.startup'>> {
    return this.http.call<'health.startup'>('GET', '/health/startup', { open: true }, options);
  }
}

export class JobsResource extends Resource {
  /**
   * Your jobs, newest first.
   *
   * `GET /api/jobs`
   */
  list(query?: Query<'jobs.list'>, options?: CallOptions): Pages<Item<'jobs.list'>> {
    return this.http.pages<'jobs.list'>('/api/jobs', { query }, options);
  }
}

export class RunsResource extends Resource {
  /**
   * One sync and how far its mails are.
   *
   * `GET /api/jobs/runs/{runId}`
   */
  get(runId: string, options?: CallOptions): Promise<Answer<'runs.get'>> {
    return this.http.call<'runs.get'>('GET', '/api/jobs/runs/{runId}', { path: { runId } }, options);
  }
}

export class SecondFactorResource extends Resource {
  /**
   * Get a secret for an authenticator app
   *
   * `POST /api/auth/second-factor`
   */
  begin(options?: CallOptions): Promise<Answer<'secondFactor.begin'>> {
    return this.http.call<'secondFactor.begin'>('POST', '/api/auth/second-factor', {}, options);
  }

  /**
   * Turn the second factor on with a first code
   *
   * `POST /api/auth/second-factor/confirm`
   */
  confirm(
    body: Body<'secondFactor.confirm'>,
    options?: CallOptions,
  ): Promise<Answer<'secondFactor.confirm'>> {
    return this.http.call<'secondFactor.confirm'>(
      'POST',
      '/api/auth/second-factor/confirm',
      { body },
      options,
    );
  }

  /**
   * Turn the second factor off
   *
   * `POST /api/auth/second-factor/disable`
   */
  disable(
    body: Body<'secondFactor.disable'>,
    options?: CallOptions,
  ): Promise<Answer<'secondFactor.disable'>> {
    return this.http.call<'secondFactor.disable'>(
      'POST',
      '/api/auth/second-factor/disable',
      { body },
      options,
    );
  }

  /**
   * Get new recovery codes
   *
   * `POST /api/auth/second-factor/recovery-codes`
   */
  renewRecoveryCodes(
    body: Body<'secondFactor.renewRecoveryCodes'>,
    options?: CallOptions,
  ): Promise<Answer<'secondFactor.renewRecoveryCodes'>> {
    return this.http.call<'secondFactor.renewRecoveryCodes'>(
      'POST',
      '/api/auth/second-factor/recovery-codes',
      { body },
      options,
    );
  }
}

export class SessionsResource extends Resource {
  /**
   * The devices that are signed in
   *
   * `GET /api/auth/sessions`
   */
  list(options?: CallOptions): Promise<Answer<'sessions.list'>> {
    return this.http.call<'sessions.list'>('GET', '/api/auth/sessions', {}, options);
  }

  /**
   * Sign one device out
   *
   * `DELETE /api/auth/sessions/{sessionId}`
   */
  revoke(sessionId: string, options?: CallOptions): Promise<Answer<'sessions.revoke'>> {
    return this.http.call<'sessions.revoke'>(
      'DELETE',
      '/api/auth/sessions/{sessionId}',
      { path: { sessionId } },
      options,
    );
  }
}

export class SummariesResource extends Resource {
  /**
   * One day's mails on one page: what they ask for, and what they say, by category.
   *
   * `GET /api/email/digest`
   */
  digest(query: Query<'summaries.digest'>, options?: CallOptions): Promise<Answer<'summaries.digest'>> {
    return this.http.call<'summaries.digest'>('GET', '/api/email/digest', { query }, options);
  }

  /**
   * One summary.
   *
   * `GET /api/email/summaries/{summaryId}`
   */
  get(summaryId: string, options?: CallOptions): Promise<Answer<'summaries.get'>> {
    return this.http.call<'summaries.get'>(
      'GET',
      '/api/email/summaries/{summaryId}',
      { path: { summaryId } },
      options,
    );
  }

  /**
   * Tells whether a summary was of use, and why not. Told again, the last word counts.
   *
   * `POST /api/email/summaries/{summaryId}/feedback`
   */
  giveFeedback(
    summaryId: string,
    body: Body<'summaries.giveFeedback'>,
    options?: CallOptions,
  ): Promise<Answer<'summaries.giveFeedback'>> {
    return this.http.call<'summaries.giveFeedback'>(
      'POST',
      '/api/email/summaries/{summaryId}/feedback',
      { path: { summaryId }, body },
      options,
    );
  }

  /**
   * Your summaries, the newest mail first.
   *
   * `GET /api/email/summaries`
   */
  list(query?: Query<'summaries.list'>, options?: CallOptions): Pages<Item<'summaries.list'>> {
    return this.http.pages<'summaries.list'>('/api/email/summaries', { query }, options);
  }
}

export class UsersResource extends Resource {
  /**
   * What was done to your account, or by it
   *
   * `GET /api/users/me/audit-trail`
   */
  auditTrail(query?: Query<'users.auditTrail'>, options?: CallOptions): Pages<Item<'users.auditTrail'>> {
    return this.http.pages<'users.auditTrail'>('/api/users/me/audit-trail', { query }, options);
  }

  /**
   * Delete the account for good
   *
   * `DELETE /api/users/me`
   */
  delete(options?: CallOptions): Promise<Answer<'users.delete'>> {
    return this.http.call<'users.delete'>('DELETE', '/api/users/me', {}, options);
  }

  /**
   * Everything we hold about you
   *
   * `POST /api/users/me/export`
   */
  export(options?: CallOptions): Promise<Answer<'users.export'>> {
    return this.http.call<'users.export'>('POST', '/api/users/me/export', {}, options);
  }

  /**
   * The signed-in user
   *
   * `GET /api/users/me`
   */
  me(options?: CallOptions): Promise<Answer<'users.me'>> {
    return this.http.call<'users.me'>('GET', '/api/users/me', {}, options);
  }

  /**
   * Change name and preferences
   *
   * `PATCH /api/users/me`
   */
  update(body: Body<'users.update'>, options?: CallOptions): Promise<Answer<'users.update'>> {
    return this.http.call<'users.update'>('PATCH', '/api/users/me', { body }, options);
  }
}
