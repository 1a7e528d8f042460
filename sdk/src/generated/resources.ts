/** Made from openapi.json by `npm run sdk:types`; do not edit. */

import {
  type Http,
  Resource,
  type Answer,
  type Body,
  type CallOptions,
  type Item,
  type Query,
} from '../http/http.ts';
import type { ServerEvent } from '../http/event-parser.ts';
import type { Pages } from '../pages.ts';

export class ActionsResource extends Resource {
  /**
   * Do something to one or many mails in Gmail.
   *
   * Needs `accessToken`.
   *
   * `POST /api/email/actions`
   */
  create(body: Body<'actions.create'>, options?: CallOptions): Promise<Answer<'actions.create'>> {
    return this.http.call<'actions.create'>('POST', '/api/email/actions', { body, keyed: true }, options);
  }

  /**
   * What was done to mails, newest first.
   *
   * Needs `accessToken`.
   *
   * `GET /api/email/actions`
   */
  list(query?: Query<'actions.list'>, options?: CallOptions): Pages<Item<'actions.list'>> {
    return this.http.pages<'actions.list'>('/api/email/actions', { query }, options);
  }

  /**
   * Take an action back, within 30 days.
   *
   * Needs `accessToken`.
   *
   * May be repeated: An undo that was asked for already is answered as it stands.
   *
   * `POST /api/email/actions/{id}/undo`
   */
  undo(id: string, options?: CallOptions): Promise<Answer<'actions.undo'>> {
    return this.http.call<'actions.undo'>('POST', '/api/email/actions/{id}/undo', { path: { id } }, options);
  }
}

export class AdminResource extends Resource {
  /**
   * Add credits, or take some away.
   *
   * Needs `adminToken`.
   *
   * `POST /api/admin/users/{id}/credits`
   */
  adjustCredits(
    id: string,
    body: Body<'admin.adjustCredits'>,
    options?: CallOptions,
  ): Promise<Answer<'admin.adjustCredits'>> {
    return this.http.call<'admin.adjustCredits'>(
      'POST',
      '/api/admin/users/{id}/credits',
      { path: { id }, body, keyed: true },
      options,
    );
  }

  /**
   * Stop the work on one mail.
   *
   * Needs `adminToken`.
   *
   * May be repeated: A job is cancelled once.
   *
   * `POST /api/admin/jobs/{id}/cancel`
   */
  cancelJob(id: string, options?: CallOptions): Promise<Answer<'admin.cancelJob'>> {
    return this.http.call<'admin.cancelJob'>(
      'POST',
      '/api/admin/jobs/{id}/cancel',
      { path: { id } },
      options,
    );
  }

  /**
   * Stop a run.
   *
   * Needs `adminToken`.
   *
   * May be repeated: A run is cancelled once.
   *
   * `POST /api/admin/runs/{id}/cancel`
   */
  cancelRun(id: string, options?: CallOptions): Promise<Answer<'admin.cancelRun'>> {
    return this.http.call<'admin.cancelRun'>(
      'POST',
      '/api/admin/runs/{id}/cancel',
      { path: { id } },
      options,
    );
  }

  /**
   * Make an administrator, or an ordinary user.
   *
   * Needs `adminToken`.
   *
   * `PUT /api/admin/users/{id}/role`
   */
  changeRole(
    id: string,
    body: Body<'admin.changeRole'>,
    options?: CallOptions,
  ): Promise<Answer<'admin.changeRole'>> {
    return this.http.call<'admin.changeRole'>(
      'PUT',
      '/api/admin/users/{id}/role',
      { path: { id }, body },
      options,
    );
  }

  /**
   * Set it; it acts everywhere within seconds.
   *
   * Needs `adminToken`.
   *
   * `PUT /api/admin/config/{key}`
   */
  changeSetting(
    key: string,
    body: Body<'admin.changeSetting'>,
    options?: CallOptions,
  ): Promise<Answer<'admin.changeSetting'>> {
    return this.http.call<'admin.changeSetting'>(
      'PUT',
      '/api/admin/config/{key}',
      { path: { key }, body },
      options,
    );
  }

  /**
   * Settle an event without its consequences.
   *
   * Needs `adminToken`.
   *
   * May be repeated: A dead letter is dropped once.
   *
   * `POST /api/admin/dead-letters/{id}/drop`
   */
  dropDeadLetter(
    id: string,
    body: Body<'admin.dropDeadLetter'>,
    options?: CallOptions,
  ): Promise<Answer<'admin.dropDeadLetter'>> {
    return this.http.call<'admin.dropDeadLetter'>(
      'POST',
      '/api/admin/dead-letters/{id}/drop',
      { path: { id }, body },
      options,
    );
  }

  /**
   * Delete an account for good.
   *
   * Needs `adminToken`.
   *
   * `DELETE /api/admin/users/{id}`
   */
  eraseUser(
    id: string,
    body: Body<'admin.eraseUser'>,
    options?: CallOptions,
  ): Promise<Answer<'admin.eraseUser'>> {
    return this.http.call<'admin.eraseUser'>(
      'DELETE',
      '/api/admin/users/{id}',
      { path: { id }, body },
      options,
    );
  }

  /**
   * Everything held about a user.
   *
   * Needs `adminToken`.
   *
   * May be repeated: It only reads.
   *
   * `POST /api/admin/users/{id}/export`
   */
  exportUser(
    id: string,
    body: Body<'admin.exportUser'>,
    options?: CallOptions,
  ): Promise<Answer<'admin.exportUser'>> {
    return this.http.call<'admin.exportUser'>(
      'POST',
      '/api/admin/users/{id}/export',
      { path: { id }, body },
      options,
    );
  }

  /**
   * Read a mailbox now.
   *
   * Needs `adminToken`.
   *
   * `POST /api/admin/users/{id}/connections/{connectionId}/sync`
   */
  forceSync(id: string, connectionId: string, options?: CallOptions): Promise<Answer<'admin.forceSync'>> {
    return this.http.call<'admin.forceSync'>(
      'POST',
      '/api/admin/users/{id}/connections/{connectionId}/sync',
      { path: { id, connectionId }, keyed: true },
      options,
    );
  }

  /**
   * Who set it to what, when and why.
   *
   * Needs `adminToken`.
   *
   * `GET /api/admin/config/{key}/history`
   */
  getSettingHistory(key: string, options?: CallOptions): Promise<Answer<'admin.getSettingHistory'>> {
    return this.http.call<'admin.getSettingHistory'>(
      'GET',
      '/api/admin/config/{key}/history',
      { path: { key } },
      options,
    );
  }

  /**
   * One account: doors, credits, mailboxes, mails.
   *
   * Needs `adminToken`.
   *
   * `GET /api/admin/users/{id}`
   */
  getUser(id: string, options?: CallOptions): Promise<Answer<'admin.getUser'>> {
    return this.http.call<'admin.getUser'>('GET', '/api/admin/users/{id}', { path: { id } }, options);
  }

  /**
   * Events that were given up.
   *
   * Needs `adminToken`.
   *
   * `GET /api/admin/dead-letters`
   */
  listDeadLetters(
    query?: Query<'admin.listDeadLetters'>,
    options?: CallOptions,
  ): Pages<Item<'admin.listDeadLetters'>> {
    return this.http.pages<'admin.listDeadLetters'>('/api/admin/dead-letters', { query }, options);
  }

  /**
   * Mails that killed their workers.
   *
   * Needs `adminToken`.
   *
   * `GET /api/admin/quarantine`
   */
  listQuarantine(
    query?: Query<'admin.listQuarantine'>,
    options?: CallOptions,
  ): Pages<Item<'admin.listQuarantine'>> {
    return this.http.pages<'admin.listQuarantine'>('/api/admin/quarantine', { query }, options);
  }

  /**
   * Settings that act without a restart.
   *
   * Needs `adminToken`.
   *
   * `GET /api/admin/config`
   */
  listSettings(options?: CallOptions): Promise<Answer<'admin.listSettings'>> {
    return this.http.call<'admin.listSettings'>('GET', '/api/admin/config', {}, options);
  }

  /**
   * Look into the queues with a browser.
   *
   * Needs `adminToken`.
   *
   * May be repeated: Each call gives a cookie of its own.
   *
   * `POST /api/admin/queue-page`
   */
  openQueuePage(options?: CallOptions): Promise<Answer<'admin.openQueuePage'>> {
    return this.http.call<'admin.openQueuePage'>('POST', '/api/admin/queue-page', {}, options);
  }

  /**
   * Pays an unused purchase back. The credits go at once, the money follows.
   *
   * Needs `adminToken`.
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
      { path: { id }, body, keyed: true },
      options,
    );
  }

  /**
   * Let a suspended account in again.
   *
   * Needs `adminToken`.
   *
   * May be repeated: An active account stays active.
   *
   * `POST /api/admin/users/{id}/reinstate`
   */
  reinstateUser(
    id: string,
    body: Body<'admin.reinstateUser'>,
    options?: CallOptions,
  ): Promise<Answer<'admin.reinstateUser'>> {
    return this.http.call<'admin.reinstateUser'>(
      'POST',
      '/api/admin/users/{id}/reinstate',
      { path: { id }, body },
      options,
    );
  }

  /**
   * Let a quarantined mail run again.
   *
   * Needs `adminToken`.
   *
   * May be repeated: A mail leaves quarantine once.
   *
   * `POST /api/admin/quarantine/{id}/release`
   */
  releaseQuarantined(id: string, options?: CallOptions): Promise<Answer<'admin.releaseQuarantined'>> {
    return this.http.call<'admin.releaseQuarantined'>(
      'POST',
      '/api/admin/quarantine/{id}/release',
      { path: { id } },
      options,
    );
  }

  /**
   * Deliver an event once more.
   *
   * Needs `adminToken`.
   *
   * May be repeated: A dead letter is raised once, and what its event asks for is done once.
   *
   * `POST /api/admin/dead-letters/{id}/replay`
   */
  replayDeadLetter(
    id: string,
    body: Body<'admin.replayDeadLetter'>,
    options?: CallOptions,
  ): Promise<Answer<'admin.replayDeadLetter'>> {
    return this.http.call<'admin.replayDeadLetter'>(
      'POST',
      '/api/admin/dead-letters/{id}/replay',
      { path: { id }, body },
      options,
    );
  }

  /**
   * Act upon an event once more.
   *
   * Needs `adminToken`.
   *
   * May be repeated: What an event asks for is done once.
   *
   * `POST /api/admin/stripe-events/{id}/replay`
   */
  replayStripeEvent(
    id: string,
    body: Body<'admin.replayStripeEvent'>,
    options?: CallOptions,
  ): Promise<Answer<'admin.replayStripeEvent'>> {
    return this.http.call<'admin.replayStripeEvent'>(
      'POST',
      '/api/admin/stripe-events/{id}/replay',
      { path: { id }, body },
      options,
    );
  }

  /**
   * Return it to its default.
   *
   * Needs `adminToken`.
   *
   * May be repeated: It names the version that it replaces, so the second finds another.
   *
   * `POST /api/admin/config/{key}/reset`
   */
  resetSetting(
    key: string,
    body: Body<'admin.resetSetting'>,
    options?: CallOptions,
  ): Promise<Answer<'admin.resetSetting'>> {
    return this.http.call<'admin.resetSetting'>(
      'POST',
      '/api/admin/config/{key}/reset',
      { path: { key }, body },
      options,
    );
  }

  /**
   * Try a failed or cancelled mail again.
   *
   * Needs `adminToken`.
   *
   * `POST /api/admin/jobs/{id}/retry`
   */
  retryJob(id: string, options?: CallOptions): Promise<Answer<'admin.retryJob'>> {
    return this.http.call<'admin.retryJob'>(
      'POST',
      '/api/admin/jobs/{id}/retry',
      { path: { id }, keyed: true },
      options,
    );
  }

  /**
   * Try the failed mails of a run again.
   *
   * Needs `adminToken`.
   *
   * `POST /api/admin/runs/{id}/retry`
   */
  retryRun(id: string, options?: CallOptions): Promise<Answer<'admin.retryRun'>> {
    return this.http.call<'admin.retryRun'>(
      'POST',
      '/api/admin/runs/{id}/retry',
      { path: { id }, keyed: true },
      options,
    );
  }

  /**
   * Search the audit log.
   *
   * Needs `adminToken`.
   *
   * `GET /api/admin/audit`
   */
  searchAuditLog(
    query?: Query<'admin.searchAuditLog'>,
    options?: CallOptions,
  ): Pages<Item<'admin.searchAuditLog'>> {
    return this.http.pages<'admin.searchAuditLog'>('/api/admin/audit', { query }, options);
  }

  /**
   * Find mailboxes, the newest first.
   *
   * Needs `adminToken`.
   *
   * `GET /api/admin/connections`
   */
  searchConnections(
    query?: Query<'admin.searchConnections'>,
    options?: CallOptions,
  ): Pages<Item<'admin.searchConnections'>> {
    return this.http.pages<'admin.searchConnections'>('/api/admin/connections', { query }, options);
  }

  /**
   * Find jobs, the newest first.
   *
   * Needs `adminToken`.
   *
   * `GET /api/admin/jobs`
   */
  searchJobs(query?: Query<'admin.searchJobs'>, options?: CallOptions): Pages<Item<'admin.searchJobs'>> {
    return this.http.pages<'admin.searchJobs'>('/api/admin/jobs', { query }, options);
  }

  /**
   * Find purchases, the newest first.
   *
   * Needs `adminToken`.
   *
   * `GET /api/admin/payments`
   */
  searchPayments(
    query?: Query<'admin.searchPayments'>,
    options?: CallOptions,
  ): Pages<Item<'admin.searchPayments'>> {
    return this.http.pages<'admin.searchPayments'>('/api/admin/payments', { query }, options);
  }

  /**
   * Find runs, the newest first.
   *
   * Needs `adminToken`.
   *
   * `GET /api/admin/runs`
   */
  searchRuns(query?: Query<'admin.searchRuns'>, options?: CallOptions): Pages<Item<'admin.searchRuns'>> {
    return this.http.pages<'admin.searchRuns'>('/api/admin/runs', { query }, options);
  }

  /**
   * Find Stripe's events, the last first.
   *
   * Needs `adminToken`.
   *
   * `GET /api/admin/stripe-events`
   */
  searchStripeEvents(
    query?: Query<'admin.searchStripeEvents'>,
    options?: CallOptions,
  ): Pages<Item<'admin.searchStripeEvents'>> {
    return this.http.pages<'admin.searchStripeEvents'>('/api/admin/stripe-events', { query }, options);
  }

  /**
   * Find accounts, the newest first.
   *
   * Needs `adminToken`.
   *
   * `GET /api/admin/users`
   */
  searchUsers(query?: Query<'admin.searchUsers'>, options?: CallOptions): Pages<Item<'admin.searchUsers'>> {
    return this.http.pages<'admin.searchUsers'>('/api/admin/users', { query }, options);
  }

  /**
   * How the product is, over all processes.
   *
   * Needs `adminToken`.
   *
   * `GET /api/admin/health`
   */
  showHealth(options?: CallOptions): Promise<Answer<'admin.showHealth'>> {
    return this.http.call<'admin.showHealth'>('GET', '/api/admin/health', {}, options);
  }

  /**
   * Work, cost, revenue and margin by day.
   *
   * Needs `adminToken`.
   *
   * `GET /api/admin/usage`
   */
  showUsage(query: Query<'admin.showUsage'>, options?: CallOptions): Promise<Answer<'admin.showUsage'>> {
    return this.http.call<'admin.showUsage'>('GET', '/api/admin/usage', { query }, options);
  }

  /**
   * Whose mails cost most, the dearest first.
   *
   * Needs `adminToken`.
   *
   * `GET /api/admin/usage/users`
   */
  showUsageByUser(
    query: Query<'admin.showUsageByUser'>,
    options?: CallOptions,
  ): Promise<Answer<'admin.showUsageByUser'>> {
    return this.http.call<'admin.showUsageByUser'>('GET', '/api/admin/usage/users', { query }, options);
  }

  /**
   * End every session of an account.
   *
   * Needs `adminToken`.
   *
   * May be repeated: A session ends once.
   *
   * `POST /api/admin/users/{id}/sign-out`
   */
  signOutUser(
    id: string,
    body: Body<'admin.signOutUser'>,
    options?: CallOptions,
  ): Promise<Answer<'admin.signOutUser'>> {
    return this.http.call<'admin.signOutUser'>(
      'POST',
      '/api/admin/users/{id}/sign-out',
      { path: { id }, body },
      options,
    );
  }

  /**
   * Shut an account out at once, and end its work.
   *
   * Needs `adminToken`.
   *
   * May be repeated: A suspended account stays suspended.
   *
   * `POST /api/admin/users/{id}/suspend`
   */
  suspendUser(
    id: string,
    body: Body<'admin.suspendUser'>,
    options?: CallOptions,
  ): Promise<Answer<'admin.suspendUser'>> {
    return this.http.call<'admin.suspendUser'>(
      'POST',
      '/api/admin/users/{id}/suspend',
      { path: { id }, body },
      options,
    );
  }
}

export class ApiKeysResource extends Resource {
  /**
   * Make an API key.
   *
   * Needs `accessToken`.
   *
   * `POST /api/auth/api-keys`
   */
  create(body: Body<'apiKeys.create'>, options?: CallOptions): Promise<Answer<'apiKeys.create'>> {
    return this.http.call<'apiKeys.create'>('POST', '/api/auth/api-keys', { body, keyed: true }, options);
  }

  /**
   * Your API keys.
   *
   * Needs `accessToken`.
   *
   * `GET /api/auth/api-keys`
   */
  list(options?: CallOptions): Promise<Answer<'apiKeys.list'>> {
    return this.http.call<'apiKeys.list'>('GET', '/api/auth/api-keys', {}, options);
  }

  /**
   * Revoke an API key.
   *
   * Needs `accessToken`.
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
   * Change the password; other devices are signed out.
   *
   * Needs `accessToken`.
   *
   * May be repeated: The old password is wrong the second time.
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
   * Prove who you are again, before a dangerous act.
   *
   * Needs `accessToken`.
   *
   * May be repeated: It only renews the proof of identity.
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
   * Sign in with the code that Google gave.
   *
   * Open to everybody.
   *
   * May be repeated: A code of Google works once.
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
   * Ask for a mail with a way to a new password.
   *
   * Open to everybody.
   *
   * May be repeated: Each call sends a mail with a link of its own; calls are limited.
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
   * Sign in with a password.
   *
   * Open to everybody.
   *
   * May be repeated: Each sign-in opens a session of its own.
   *
   * `POST /api/auth/login`
   */
  login(body: Body<'auth.login'>, options?: CallOptions): Promise<Answer<'auth.login'>> {
    return this.http.call<'auth.login'>('POST', '/api/auth/login', { body, open: true }, options);
  }

  /**
   * End this session.
   *
   * Needs `accessToken`.
   *
   * May be repeated: A session ends once.
   *
   * `POST /api/auth/logout`
   */
  logout(options?: CallOptions): Promise<Answer<'auth.logout'>> {
    return this.http.call<'auth.logout'>('POST', '/api/auth/logout', {}, options);
  }

  /**
   * Sign every device out, this one included.
   *
   * Needs `accessToken`.
   *
   * May be repeated: A session ends once.
   *
   * `POST /api/auth/logout-everywhere`
   */
  logoutEverywhere(options?: CallOptions): Promise<Answer<'auth.logoutEverywhere'>> {
    return this.http.call<'auth.logoutEverywhere'>('POST', '/api/auth/logout-everywhere', {}, options);
  }

  /**
   * Trade a refresh token for the next pair of tokens.
   *
   * Open to everybody.
   *
   * May be repeated: A repetition within seconds gets the same tokens.
   *
   * `POST /api/auth/refresh`
   */
  refresh(body: Body<'auth.refresh'>, options?: CallOptions): Promise<Answer<'auth.refresh'>> {
    return this.http.call<'auth.refresh'>('POST', '/api/auth/refresh', { body, open: true }, options);
  }

  /**
   * Open an account and sign in.
   *
   * Open to everybody.
   *
   * May be repeated: An address is registered once; after a lost answer, sign in.
   *
   * `POST /api/auth/register`
   */
  register(body: Body<'auth.register'>, options?: CallOptions): Promise<Answer<'auth.register'>> {
    return this.http.call<'auth.register'>('POST', '/api/auth/register', { body, open: true }, options);
  }

  /**
   * Ask for the verification mail once more.
   *
   * Needs `accessToken`.
   *
   * May be repeated: Each call sends a mail with a link of its own; calls are limited.
   *
   * `POST /api/auth/request-verification`
   */
  requestVerification(options?: CallOptions): Promise<Answer<'auth.requestVerification'>> {
    return this.http.call<'auth.requestVerification'>('POST', '/api/auth/request-verification', {}, options);
  }

  /**
   * Choose a new password with the token out of the mail.
   *
   * Open to everybody.
   *
   * May be repeated: A token works once.
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
   * Begin to sign in with Google.
   *
   * Open to everybody.
   *
   * May be repeated: Each call begins an attempt of its own; unfinished ones expire.
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
   * Verify the address with the token out of the mail.
   *
   * Open to everybody.
   *
   * May be repeated: A token works once.
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
   * Needs `accessToken`.
   *
   * `GET /api/billing/balance`
   */
  balance(options?: CallOptions): Promise<Answer<'billing.balance'>> {
    return this.http.call<'billing.balance'>('GET', '/api/billing/balance', {}, options);
  }

  /**
   * Begins a purchase and answers the page to pay on.
   *
   * Needs `accessToken`.
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
}

export class ConnectionsResource extends Resource {
  /**
   * Begin to connect a Gmail mailbox.
   *
   * Needs `accessToken`.
   *
   * May be repeated: Each call begins a consent of its own; unfinished ones expire.
   *
   * `POST /api/gmail/connections`
   */
  create(body: Body<'connections.create'>, options?: CallOptions): Promise<Answer<'connections.create'>> {
    return this.http.call<'connections.create'>('POST', '/api/gmail/connections', { body }, options);
  }

  /**
   * Revoke the access to a mailbox and wipe its tokens.
   *
   * Needs `accessToken`.
   *
   * `DELETE /api/gmail/connections/{id}`
   */
  delete(id: string, options?: CallOptions): Promise<Answer<'connections.delete'>> {
    return this.http.call<'connections.delete'>(
      'DELETE',
      '/api/gmail/connections/{id}',
      { path: { id } },
      options,
    );
  }

  /**
   * One mailbox: its health, its filter, what became of its mails.
   *
   * Needs `accessToken`.
   *
   * `GET /api/gmail/connections/{id}`
   */
  get(id: string, options?: CallOptions): Promise<Answer<'connections.get'>> {
    return this.http.call<'connections.get'>('GET', '/api/gmail/connections/{id}', { path: { id } }, options);
  }

  /**
   * The connected mailboxes, oldest first.
   *
   * Needs `accessToken`.
   *
   * `GET /api/gmail/connections`
   */
  list(options?: CallOptions): Promise<Answer<'connections.list'>> {
    return this.http.call<'connections.list'>('GET', '/api/gmail/connections', {}, options);
  }

  /**
   * The labels of a mailbox, by name.
   *
   * Needs `accessToken`.
   *
   * `GET /api/gmail/connections/{id}/labels`
   */
  listLabels(id: string, options?: CallOptions): Promise<Answer<'connections.listLabels'>> {
    return this.http.call<'connections.listLabels'>(
      'GET',
      '/api/gmail/connections/{id}/labels',
      { path: { id } },
      options,
    );
  }

  /**
   * Pause or resume a mailbox, and set which mails are read.
   *
   * Needs `accessToken`.
   *
   * `PATCH /api/gmail/connections/{id}`
   */
  update(
    id: string,
    body: Body<'connections.update'>,
    options?: CallOptions,
  ): Promise<Answer<'connections.update'>> {
    return this.http.call<'connections.update'>(
      'PATCH',
      '/api/gmail/connections/{id}',
      { path: { id }, body },
      options,
    );
  }
}

export class DashboardResource extends Resource {
  /**
   * Credits, mailboxes, mails by state and summaries at a glance.
   *
   * Needs `accessToken`.
   *
   * `GET /api/dashboard`
   */
  get(options?: CallOptions): Promise<Answer<'dashboard.get'>> {
    return this.http.call<'dashboard.get'>('GET', '/api/dashboard', {}, options);
  }
}

export class GmailResource extends Resource {
  /**
   * What a sync would cost now. Nothing is started, read or held.
   *
   * Needs `accessToken`.
   *
   * May be repeated: It only reads.
   *
   * `POST /api/email/quote`
   */
  quote(body: Body<'gmail.quote'>, options?: CallOptions): Promise<Answer<'gmail.quote'>> {
    return this.http.call<'gmail.quote'>('POST', '/api/email/quote', { body }, options);
  }

  /**
   * Looks for new mails in one or in every connected mailbox and queues a summary of each.
   *
   * Needs `accessToken`.
   *
   * `POST /api/gmail/sync`
   */
  sync(body: Body<'gmail.sync'>, options?: CallOptions): Promise<Answer<'gmail.sync'>> {
    return this.http.call<'gmail.sync'>('POST', '/api/gmail/sync', { body, keyed: true }, options);
  }
}

export class HealthResource extends Resource {
  /**
   * The event loop turns; says nothing about dependencies. Restart the process when this fails.
   *
   * Open to everybody.
   *
   * `GET /health/live`
   */
  live(options?: CallOptions): Promise<Answer<'health.live'>> {
    return this.http.call<'health.live'>('GET', '/health/live', { open: true }, options);
  }

  /**
   * The process may take traffic: Postgres answers, its migrations are applied, and no stop was asked for.
   *
   * Open to everybody.
   *
   * `GET /health/ready`
   */
  ready(options?: CallOptions): Promise<Answer<'health.ready'>> {
    return this.http.call<'health.ready'>('GET', '/health/ready', { open: true }, options);
  }

  /**
   * The process has started and saw its database once.
   *
   * Open to everybody.
   *
   * `GET /health/startup`
   */
  startup(options?: CallOptions): Promise<Answer<'health.startup'>> {
    return this.http.call<'health.startup'>('GET', '/health/startup', { open: true }, options);
  }
}

export class HistoryResource extends Resource {
  /**
   * A month's credits line by line, from the opening to the closing balance, as CSV. Days are UTC.
   *
   * Needs `accessToken`.
   *
   * `GET /api/billing/history/{month}.csv`
   */
  export(month: string, options?: CallOptions): Promise<Answer<'history.export'>> {
    return this.http.call<'history.export'>(
      'GET',
      '/api/billing/history/{month}.csv',
      { path: { month }, as: 'text' },
      options,
    );
  }

  /**
   * Purchases, refunds, disputes and monthly statements, newest first.
   *
   * Needs `accessToken`.
   *
   * `GET /api/billing/history`
   */
  list(query?: Query<'history.list'>, options?: CallOptions): Pages<Item<'history.list'>> {
    return this.http.pages<'history.list'>('/api/billing/history', { query }, options);
  }
}

export class InternalResource extends Resource {
  /**
   * The last sealed block of the audit log.
   *
   * Needs `serviceKey`.
   *
   * `GET /internal/audit-head`
   */
  auditHead(options?: CallOptions): Promise<Answer<'internal.auditHead'>> {
    return this.http.call<'internal.auditHead'>('GET', '/internal/audit-head', {}, options);
  }
}

export class JobsResource extends Resource {
  /**
   * Stops the work on one mail; its credit comes back. Work under way stores nothing any more.
   *
   * Needs `accessToken`.
   *
   * May be repeated: A job is cancelled once.
   *
   * `POST /api/jobs/{jobId}/cancel`
   */
  cancel(jobId: string, options?: CallOptions): Promise<Answer<'jobs.cancel'>> {
    return this.http.call<'jobs.cancel'>('POST', '/api/jobs/{jobId}/cancel', { path: { jobId } }, options);
  }

  /**
   * Your jobs, newest first.
   *
   * Needs `accessToken`.
   *
   * `GET /api/jobs`
   */
  list(query?: Query<'jobs.list'>, options?: CallOptions): Pages<Item<'jobs.list'>> {
    return this.http.pages<'jobs.list'>('/api/jobs', { query }, options);
  }

  /**
   * Starts none of your mails until you resume; what is being summarised ends. Mails are still found and queued.
   *
   * Needs `accessToken`.
   *
   * May be repeated: What is paused stays paused.
   *
   * `POST /api/jobs/pause`
   */
  pause(options?: CallOptions): Promise<Answer<'jobs.pause'>> {
    return this.http.call<'jobs.pause'>('POST', '/api/jobs/pause', {}, options);
  }

  /**
   * Whether your mails are being worked on, and what they wait for if not.
   *
   * Needs `accessToken`.
   *
   * `GET /api/jobs/processing`
   */
  processing(options?: CallOptions): Promise<Answer<'jobs.processing'>> {
    return this.http.call<'jobs.processing'>('GET', '/api/jobs/processing', {}, options);
  }

  /**
   * Goes on where you paused.
   *
   * Needs `accessToken`.
   *
   * May be repeated: What runs keeps running.
   *
   * `POST /api/jobs/resume`
   */
  resume(options?: CallOptions): Promise<Answer<'jobs.resume'>> {
    return this.http.call<'jobs.resume'>('POST', '/api/jobs/resume', {}, options);
  }

  /**
   * Tries a failed or cancelled mail again. A credit is held anew; the mail costs nothing unless a summary comes of it.
   *
   * Needs `accessToken`.
   *
   * `POST /api/jobs/{jobId}/retry`
   */
  retry(jobId: string, options?: CallOptions): Promise<Answer<'jobs.retry'>> {
    return this.http.call<'jobs.retry'>(
      'POST',
      '/api/jobs/{jobId}/retry',
      { path: { jobId }, keyed: true },
      options,
    );
  }

  /**
   * Server-sent events of your jobs and runs as they change, within a second. `job` and `run` carry the same as the lists do, as it is
   * when it is sent; steps in between may be left out. `open` comes first. After `end` (`{"reason": "superseded"}`: this session
   * opened another stream, or `"session-ended"`) do not come back; after any other end come back with the last id as Last-Event-ID, and nothing is
   * missed. A comment comes every 15 seconds.
   *
   * Needs `accessToken`.
   *
   * `GET /api/jobs/stream`
   */
  stream(options?: CallOptions): AsyncGenerator<ServerEvent, void, undefined> {
    return this.http.events('/api/jobs/stream', {}, options);
  }
}

export class PackagesResource extends Resource {
  /**
   * The credit packages that can be bought.
   *
   * Open to everybody.
   *
   * `GET /api/billing/packages`
   */
  list(options?: CallOptions): Promise<Answer<'packages.list'>> {
    return this.http.call<'packages.list'>('GET', '/api/billing/packages', { open: true }, options);
  }
}

export class PaymentsResource extends Resource {
  /**
   * How one of your payments stands.
   *
   * Needs `accessToken`.
   *
   * `GET /api/billing/payments/{id}`
   */
  get(id: string, options?: CallOptions): Promise<Answer<'payments.get'>> {
    return this.http.call<'payments.get'>('GET', '/api/billing/payments/{id}', { path: { id } }, options);
  }
}

export class RulesResource extends Resource {
  /**
   * Have something done to mails of a kind from now on.
   *
   * Needs `accessToken`.
   *
   * `POST /api/email/rules`
   */
  create(body: Body<'rules.create'>, options?: CallOptions): Promise<Answer<'rules.create'>> {
    return this.http.call<'rules.create'>('POST', '/api/email/rules', { body, keyed: true }, options);
  }

  /**
   * Forget a rule; what it did stays done.
   *
   * Needs `accessToken`.
   *
   * `DELETE /api/email/rules/{id}`
   */
  delete(id: string, options?: CallOptions): Promise<Answer<'rules.delete'>> {
    return this.http.call<'rules.delete'>('DELETE', '/api/email/rules/{id}', { path: { id } }, options);
  }

  /**
   * What a rule would act on; changes nothing.
   *
   * Needs `accessToken`.
   *
   * May be repeated: It only reads.
   *
   * `POST /api/email/rules/dry-run`
   */
  dryRun(body: Body<'rules.dryRun'>, options?: CallOptions): Promise<Answer<'rules.dryRun'>> {
    return this.http.call<'rules.dryRun'>('POST', '/api/email/rules/dry-run', { body }, options);
  }

  /**
   * One rule.
   *
   * Needs `accessToken`.
   *
   * `GET /api/email/rules/{id}`
   */
  get(id: string, options?: CallOptions): Promise<Answer<'rules.get'>> {
    return this.http.call<'rules.get'>('GET', '/api/email/rules/{id}', { path: { id } }, options);
  }

  /**
   * The rules, oldest first.
   *
   * Needs `accessToken`.
   *
   * `GET /api/email/rules`
   */
  list(options?: CallOptions): Promise<Answer<'rules.list'>> {
    return this.http.call<'rules.list'>('GET', '/api/email/rules', {}, options);
  }

  /**
   * Turn a rule on or off.
   *
   * Needs `accessToken`.
   *
   * `PATCH /api/email/rules/{id}`
   */
  update(id: string, body: Body<'rules.update'>, options?: CallOptions): Promise<Answer<'rules.update'>> {
    return this.http.call<'rules.update'>('PATCH', '/api/email/rules/{id}', { path: { id }, body }, options);
  }
}

export class RunsResource extends Resource {
  /**
   * Stops a run: the search for mails and the work on those it found. Credits of stopped mails come back.
   *
   * Needs `accessToken`.
   *
   * May be repeated: A run is cancelled once.
   *
   * `POST /api/jobs/runs/{runId}/cancel`
   */
  cancel(runId: string, options?: CallOptions): Promise<Answer<'runs.cancel'>> {
    return this.http.call<'runs.cancel'>(
      'POST',
      '/api/jobs/runs/{runId}/cancel',
      { path: { runId } },
      options,
    );
  }

  /**
   * One sync and how far its mails are.
   *
   * Needs `accessToken`.
   *
   * `GET /api/jobs/runs/{runId}`
   */
  get(runId: string, options?: CallOptions): Promise<Answer<'runs.get'>> {
    return this.http.call<'runs.get'>('GET', '/api/jobs/runs/{runId}', { path: { runId } }, options);
  }

  /**
   * Your runs with how far each is, newest first.
   *
   * Needs `accessToken`.
   *
   * `GET /api/jobs/runs`
   */
  list(query?: Query<'runs.list'>, options?: CallOptions): Pages<Item<'runs.list'>> {
    return this.http.pages<'runs.list'>('/api/jobs/runs', { query }, options);
  }

  /**
   * Tries every failed mail of a run again. A credit is held anew for each, as far as the balance reaches.
   *
   * Needs `accessToken`.
   *
   * `POST /api/jobs/runs/{runId}/retry`
   */
  retry(runId: string, options?: CallOptions): Promise<Answer<'runs.retry'>> {
    return this.http.call<'runs.retry'>(
      'POST',
      '/api/jobs/runs/{runId}/retry',
      { path: { runId }, keyed: true },
      options,
    );
  }
}

export class SecondFactorResource extends Resource {
  /**
   * Get a secret for an authenticator app.
   *
   * Needs `accessToken`.
   *
   * May be repeated: A secret that nobody confirmed is replaced by the next.
   *
   * `POST /api/auth/second-factor`
   */
  begin(options?: CallOptions): Promise<Answer<'secondFactor.begin'>> {
    return this.http.call<'secondFactor.begin'>('POST', '/api/auth/second-factor', {}, options);
  }

  /**
   * Turn the second factor on with a first code.
   *
   * Needs `accessToken`.
   *
   * May be repeated: A code counts once.
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
   * Turn the second factor off.
   *
   * Needs `accessToken`.
   *
   * May be repeated: What is off stays off.
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
   * Get new recovery codes.
   *
   * Needs `accessToken`.
   *
   * May be repeated: A code counts once, and the last set of recovery codes is the one that works.
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
   * The devices that are signed in.
   *
   * Needs `accessToken`.
   *
   * `GET /api/auth/sessions`
   */
  list(options?: CallOptions): Promise<Answer<'sessions.list'>> {
    return this.http.call<'sessions.list'>('GET', '/api/auth/sessions', {}, options);
  }

  /**
   * Sign one device out.
   *
   * Needs `accessToken`.
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

export class StatusResource extends Resource {
  /**
   * What the service has to say to everybody: planned maintenance, an outage, news.
   *
   * Open to everybody.
   *
   * `GET /api/status`
   */
  get(options?: CallOptions): Promise<Answer<'status.get'>> {
    return this.http.call<'status.get'>('GET', '/api/status', { open: true }, options);
  }
}

export class SummariesResource extends Resource {
  /**
   * One day's mails on one page: what they ask for, and what they say, by category.
   *
   * Needs `accessToken`.
   *
   * `GET /api/email/digest`
   */
  digest(query: Query<'summaries.digest'>, options?: CallOptions): Promise<Answer<'summaries.digest'>> {
    return this.http.call<'summaries.digest'>('GET', '/api/email/digest', { query }, options);
  }

  /**
   * One summary.
   *
   * Needs `accessToken`.
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
   * Needs `accessToken`.
   *
   * May be repeated: The last word replaces the one before.
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
   * Needs `accessToken`.
   *
   * `GET /api/email/summaries`
   */
  list(query?: Query<'summaries.list'>, options?: CallOptions): Pages<Item<'summaries.list'>> {
    return this.http.pages<'summaries.list'>('/api/email/summaries', { query }, options);
  }

  /**
   * Marks a summary as read; the mail in Gmail stays as it is.
   *
   * Needs `accessToken`.
   *
   * `PUT /api/email/summaries/{summaryId}/read`
   */
  markRead(summaryId: string, options?: CallOptions): Promise<Answer<'summaries.markRead'>> {
    return this.http.call<'summaries.markRead'>(
      'PUT',
      '/api/email/summaries/{summaryId}/read',
      { path: { summaryId } },
      options,
    );
  }

  /**
   * Takes the mark back: the mail counts as unread again if Gmail had it so.
   *
   * Needs `accessToken`.
   *
   * `DELETE /api/email/summaries/{summaryId}/read`
   */
  markUnread(summaryId: string, options?: CallOptions): Promise<Answer<'summaries.markUnread'>> {
    return this.http.call<'summaries.markUnread'>(
      'DELETE',
      '/api/email/summaries/{summaryId}/read',
      { path: { summaryId } },
      options,
    );
  }

  /**
   * What summarising this mail anew would cost. Nothing is started or held.
   *
   * Needs `accessToken`.
   *
   * `GET /api/email/summaries/{summaryId}/resummarise`
   */
  quoteResummary(summaryId: string, options?: CallOptions): Promise<Answer<'summaries.quoteResummary'>> {
    return this.http.call<'summaries.quoteResummary'>(
      'GET',
      '/api/email/summaries/{summaryId}/resummarise',
      { path: { summaryId } },
      options,
    );
  }

  /**
   * Orders a new summary of a mail, for a credit that is held now. Once stored it takes this one's place in lists; if none comes
   * of it, the credit is given back and this one stays.
   *
   * Needs `accessToken`.
   *
   * `POST /api/email/summaries/{summaryId}/resummarise`
   */
  resummarise(summaryId: string, options?: CallOptions): Promise<Answer<'summaries.resummarise'>> {
    return this.http.call<'summaries.resummarise'>(
      'POST',
      '/api/email/summaries/{summaryId}/resummarise',
      { path: { summaryId }, keyed: true },
      options,
    );
  }

  /**
   * The page behind the link of a digest: one button.
   *
   * Open to everybody.
   *
   * `GET /api/email/digest/unsubscribe`
   */
  showUnsubscribe(
    query: Query<'summaries.showUnsubscribe'>,
    options?: CallOptions,
  ): Promise<Answer<'summaries.showUnsubscribe'>> {
    return this.http.call<'summaries.showUnsubscribe'>(
      'GET',
      '/api/email/digest/unsubscribe',
      { query, open: true, as: 'text' },
      options,
    );
  }

  /**
   * Turns the digest off (one click, RFC 8058). Harmless to repeat.
   *
   * Open to everybody.
   *
   * May be repeated: What is off stays off.
   *
   * `POST /api/email/digest/unsubscribe`
   */
  unsubscribeDigest(
    query: Query<'summaries.unsubscribeDigest'>,
    options?: CallOptions,
  ): Promise<Answer<'summaries.unsubscribeDigest'>> {
    return this.http.call<'summaries.unsubscribeDigest'>(
      'POST',
      '/api/email/digest/unsubscribe',
      { query, open: true },
      options,
    );
  }
}

export class TopUpResource extends Resource {
  /**
   * Whether and how credits are bought by themselves.
   *
   * Needs `accessToken`.
   *
   * `GET /api/billing/top-up`
   */
  get(options?: CallOptions): Promise<Answer<'topUp.get'>> {
    return this.http.call<'topUp.get'>('GET', '/api/billing/top-up', {}, options);
  }

  /**
   * Switches automatic top-ups on or off, and tries again after a problem.
   *
   * Needs `accessToken`.
   *
   * `PUT /api/billing/top-up`
   */
  update(body: Body<'topUp.update'>, options?: CallOptions): Promise<Answer<'topUp.update'>> {
    return this.http.call<'topUp.update'>('PUT', '/api/billing/top-up', { body }, options);
  }
}

export class TransactionsResource extends Resource {
  /**
   * Every movement of your credits, newest first, with the balance after it.
   *
   * Needs `accessToken`.
   *
   * `GET /api/billing/transactions`
   */
  list(query?: Query<'transactions.list'>, options?: CallOptions): Pages<Item<'transactions.list'>> {
    return this.http.pages<'transactions.list'>('/api/billing/transactions', { query }, options);
  }
}

export class UsersResource extends Resource {
  /**
   * What was done to your account, or by it.
   *
   * Needs `accessToken`.
   *
   * `GET /api/users/me/audit-trail`
   */
  auditTrail(query?: Query<'users.auditTrail'>, options?: CallOptions): Pages<Item<'users.auditTrail'>> {
    return this.http.pages<'users.auditTrail'>('/api/users/me/audit-trail', { query }, options);
  }

  /**
   * Delete the account for good.
   *
   * Needs `accessToken`.
   *
   * `DELETE /api/users/me`
   */
  delete(options?: CallOptions): Promise<Answer<'users.delete'>> {
    return this.http.call<'users.delete'>('DELETE', '/api/users/me', {}, options);
  }

  /**
   * Everything we hold about you.
   *
   * Needs `accessToken`.
   *
   * May be repeated: It only reads.
   *
   * `POST /api/users/me/export`
   */
  export(options?: CallOptions): Promise<Answer<'users.export'>> {
    return this.http.call<'users.export'>('POST', '/api/users/me/export', {}, options);
  }

  /**
   * The signed-in user.
   *
   * Needs `accessToken`.
   *
   * `GET /api/users/me`
   */
  me(options?: CallOptions): Promise<Answer<'users.me'>> {
    return this.http.call<'users.me'>('GET', '/api/users/me', {}, options);
  }

  /**
   * Change name and preferences.
   *
   * Needs `accessToken`.
   *
   * `PATCH /api/users/me`
   */
  update(body: Body<'users.update'>, options?: CallOptions): Promise<Answer<'users.update'>> {
    return this.http.call<'users.update'>('PATCH', '/api/users/me', { body }, options);
  }

  /**
   * What was done for you, day by day.
   *
   * Needs `accessToken`.
   *
   * `GET /api/users/me/usage`
   */
  usage(query?: Query<'users.usage'>, options?: CallOptions): Promise<Answer<'users.usage'>> {
    return this.http.call<'users.usage'>('GET', '/api/users/me/usage', { query }, options);
  }
}

export class WebhooksResource extends Resource {
  /**
   * Have a system of yours told what happens.
   *
   * Needs `accessToken`.
   *
   * `POST /api/webhooks`
   */
  create(body: Body<'webhooks.create'>, options?: CallOptions): Promise<Answer<'webhooks.create'>> {
    return this.http.call<'webhooks.create'>('POST', '/api/webhooks', { body, keyed: true }, options);
  }

  /**
   * Forget an endpoint with its log.
   *
   * Needs `accessToken`.
   *
   * `DELETE /api/webhooks/{endpointId}`
   */
  delete(endpointId: string, options?: CallOptions): Promise<Answer<'webhooks.delete'>> {
    return this.http.call<'webhooks.delete'>(
      'DELETE',
      '/api/webhooks/{endpointId}',
      { path: { endpointId } },
      options,
    );
  }

  /**
   * One endpoint.
   *
   * Needs `accessToken`.
   *
   * `GET /api/webhooks/{endpointId}`
   */
  get(endpointId: string, options?: CallOptions): Promise<Answer<'webhooks.get'>> {
    return this.http.call<'webhooks.get'>(
      'GET',
      '/api/webhooks/{endpointId}',
      { path: { endpointId } },
      options,
    );
  }

  /**
   * One delivery, with what came of each attempt.
   *
   * Needs `accessToken`.
   *
   * `GET /api/webhooks/{endpointId}/deliveries/{deliveryId}`
   */
  getDelivery(
    endpointId: string,
    deliveryId: string,
    options?: CallOptions,
  ): Promise<Answer<'webhooks.getDelivery'>> {
    return this.http.call<'webhooks.getDelivery'>(
      'GET',
      '/api/webhooks/{endpointId}/deliveries/{deliveryId}',
      { path: { endpointId, deliveryId } },
      options,
    );
  }

  /**
   * Your endpoints, oldest first.
   *
   * Needs `accessToken`.
   *
   * `GET /api/webhooks`
   */
  list(options?: CallOptions): Promise<Answer<'webhooks.list'>> {
    return this.http.call<'webhooks.list'>('GET', '/api/webhooks', {}, options);
  }

  /**
   * What was sent to an endpoint, newest first.
   *
   * Needs `accessToken`.
   *
   * `GET /api/webhooks/{endpointId}/deliveries`
   */
  listDeliveries(
    endpointId: string,
    query?: Query<'webhooks.listDeliveries'>,
    options?: CallOptions,
  ): Pages<Item<'webhooks.listDeliveries'>> {
    return this.http.pages<'webhooks.listDeliveries'>(
      '/api/webhooks/{endpointId}/deliveries',
      { path: { endpointId }, query },
      options,
    );
  }

  /**
   * Send a delivery again, now, under the same message id.
   *
   * Needs `accessToken`.
   *
   * `POST /api/webhooks/{endpointId}/deliveries/{deliveryId}/replay`
   */
  replay(endpointId: string, deliveryId: string, options?: CallOptions): Promise<Answer<'webhooks.replay'>> {
    return this.http.call<'webhooks.replay'>(
      'POST',
      '/api/webhooks/{endpointId}/deliveries/{deliveryId}/replay',
      { path: { endpointId, deliveryId }, keyed: true },
      options,
    );
  }

  /**
   * A new secret; the old one signs beside it for 24 hours.
   *
   * Needs `accessToken`.
   *
   * `POST /api/webhooks/{endpointId}/rotate-secret`
   */
  rotateSecret(endpointId: string, options?: CallOptions): Promise<Answer<'webhooks.rotateSecret'>> {
    return this.http.call<'webhooks.rotateSecret'>(
      'POST',
      '/api/webhooks/{endpointId}/rotate-secret',
      { path: { endpointId }, keyed: true },
      options,
    );
  }

  /**
   * Send a `webhook.test` event, once; its delivery says what came of it.
   *
   * Needs `accessToken`.
   *
   * `POST /api/webhooks/{endpointId}/test`
   */
  test(endpointId: string, options?: CallOptions): Promise<Answer<'webhooks.test'>> {
    return this.http.call<'webhooks.test'>(
      'POST',
      '/api/webhooks/{endpointId}/test',
      { path: { endpointId }, keyed: true },
      options,
    );
  }

  /**
   * Edit, disable or enable an endpoint.
   *
   * Needs `accessToken`.
   *
   * `PATCH /api/webhooks/{endpointId}`
   */
  update(
    endpointId: string,
    body: Body<'webhooks.update'>,
    options?: CallOptions,
  ): Promise<Answer<'webhooks.update'>> {
    return this.http.call<'webhooks.update'>(
      'PATCH',
      '/api/webhooks/{endpointId}',
      { path: { endpointId }, body },
      options,
    );
  }
}

export class Resources {
  readonly actions: ActionsResource;
  readonly admin: AdminResource;
  readonly apiKeys: ApiKeysResource;
  readonly auth: AuthResource;
  readonly billing: BillingResource;
  readonly connections: ConnectionsResource;
  readonly dashboard: DashboardResource;
  readonly gmail: GmailResource;
  readonly health: HealthResource;
  readonly history: HistoryResource;
  readonly internal: InternalResource;
  readonly jobs: JobsResource;
  readonly packages: PackagesResource;
  readonly payments: PaymentsResource;
  readonly rules: RulesResource;
  readonly runs: RunsResource;
  readonly secondFactor: SecondFactorResource;
  readonly sessions: SessionsResource;
  readonly status: StatusResource;
  readonly summaries: SummariesResource;
  readonly topUp: TopUpResource;
  readonly transactions: TransactionsResource;
  readonly users: UsersResource;
  readonly webhooks: WebhooksResource;

  constructor(http: Http) {
    this.actions = new ActionsResource(http);
    this.admin = new AdminResource(http);
    this.apiKeys = new ApiKeysResource(http);
    this.auth = new AuthResource(http);
    this.billing = new BillingResource(http);
    this.connections = new ConnectionsResource(http);
    this.dashboard = new DashboardResource(http);
    this.gmail = new GmailResource(http);
    this.health = new HealthResource(http);
    this.history = new HistoryResource(http);
    this.internal = new InternalResource(http);
    this.jobs = new JobsResource(http);
    this.packages = new PackagesResource(http);
    this.payments = new PaymentsResource(http);
    this.rules = new RulesResource(http);
    this.runs = new RunsResource(http);
    this.secondFactor = new SecondFactorResource(http);
    this.sessions = new SessionsResource(http);
    this.status = new StatusResource(http);
    this.summaries = new SummariesResource(http);
    this.topUp = new TopUpResource(http);
    this.transactions = new TransactionsResource(http);
    this.users = new UsersResource(http);
    this.webhooks = new WebhooksResource(http);
  }
}
