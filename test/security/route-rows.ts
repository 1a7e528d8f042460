/** Ids of the victim's rows, by table. */
export type Ids = Readonly<Record<string, string>>;

/** What the walk has to know of a route that the OpenAPI document does not say. */
export interface RouteRow {
  /** Who may call it. `proof`: a machine that brings its own, such as a signature over the body. */
  readonly level: 'public' | 'user' | 'admin' | 'service' | 'proof';
  /** The table that each id in the path comes from; a word in quotes stands for itself. */
  readonly path?: Readonly<Record<string, string>>;
  /** A body that is right in every way but that its ids belong to somebody else. */
  readonly body?: (ids: Ids) => object;
  readonly query?: (ids: Ids) => Record<string, string>;
  readonly headers?: Readonly<Record<string, string>>;
  /** What a stranger is told about the victim's ids: 404, unless they only narrow a list that stays the stranger's own. */
  readonly stranger?: number;
}

const open: RouteRow = { level: 'public' };
const own: RouteRow = { level: 'user' };
const connection: RouteRow = { level: 'user', path: { id: 'gmail_connections' } };
const rule: RouteRow = { level: 'user', path: { id: 'email_rules' } };
const job: RouteRow = { level: 'user', path: { jobId: 'processing_jobs' } };
const run: RouteRow = { level: 'user', path: { runId: 'background_jobs' } };
const summary: RouteRow = { level: 'user', path: { summaryId: 'email_summaries' } };
const endpoint: RouteRow = { level: 'user', path: { endpointId: 'webhook_endpoints' } };
const delivery: RouteRow = {
  level: 'user',
  path: { endpointId: 'webhook_endpoints', deliveryId: 'webhook_deliveries' },
};
const admin = (path: RouteRow['path'] = {}): RouteRow => ({ level: 'admin', path });
const ofConnection = ({ gmail_connections }: Ids): object => ({ connectionId: gmail_connections });

/** A row for every route of the OpenAPI document; the walk fails for a route without one, and for a row without a route. */
export const routeRows: Readonly<Record<string, RouteRow>> = {
  'GET /health/live': open,
  'GET /health/ready': open,
  'GET /health/startup': open,
  'GET /api/status': open,
  'GET /internal/audit-head': { level: 'service' },

  'POST /api/auth/register': open,
  'POST /api/auth/login': open,
  'POST /api/auth/refresh': open,
  'POST /api/auth/forgot-password': open,
  'POST /api/auth/reset-password': open,
  'POST /api/auth/verify-email': open,
  'POST /api/auth/google/start': open,
  'POST /api/auth/google/finish': open,
  'POST /api/auth/logout': own,
  'POST /api/auth/logout-everywhere': own,
  'POST /api/auth/change-password': own,
  'POST /api/auth/confirm-identity': own,
  'POST /api/auth/request-verification': own,
  'POST /api/auth/second-factor': own,
  'POST /api/auth/second-factor/confirm': own,
  'POST /api/auth/second-factor/disable': own,
  'POST /api/auth/second-factor/recovery-codes': own,
  'GET /api/auth/sessions': own,
  'DELETE /api/auth/sessions/{sessionId}': { level: 'user', path: { sessionId: 'user_sessions' } },
  'GET /api/auth/api-keys': own,
  'POST /api/auth/api-keys': own,
  'DELETE /api/auth/api-keys/{keyId}': { level: 'user', path: { keyId: 'api_keys' } },
  'GET /api/users/me': own,
  'PATCH /api/users/me': own,
  'DELETE /api/users/me': own,
  'POST /api/users/me/export': own,
  'GET /api/users/me/audit-trail': own,

  'GET /api/gmail/connections': own,
  'POST /api/gmail/connections': own,
  'GET /api/gmail/callback': open,
  'GET /api/gmail/connections/{id}': connection,
  'PATCH /api/gmail/connections/{id}': { ...connection, body: () => ({ paused: true }) },
  'DELETE /api/gmail/connections/{id}': connection,
  'GET /api/gmail/connections/{id}/labels': connection,
  'POST /api/gmail/push': { level: 'proof' },
  'POST /api/gmail/sync': { level: 'user', body: ofConnection, stranger: 404 },

  'POST /api/email/actions': {
    level: 'user',
    body: ({ email_discoveries }) => ({ kind: 'archive', emailIds: [email_discoveries] }),
    stranger: 404,
  },
  'GET /api/email/actions': own,
  'POST /api/email/actions/{id}/undo': { level: 'user', path: { id: 'email_actions' } },
  'GET /api/email/rules': own,
  'POST /api/email/rules': own,
  'POST /api/email/rules/dry-run': own,
  'GET /api/email/rules/{id}': rule,
  'PATCH /api/email/rules/{id}': { ...rule, body: () => ({ enabled: false }) },
  'DELETE /api/email/rules/{id}': rule,

  'GET /api/webhooks': own,
  'POST /api/webhooks': own,
  'GET /api/webhooks/{endpointId}': endpoint,
  'PATCH /api/webhooks/{endpointId}': { ...endpoint, body: () => ({ enabled: false }) },
  'DELETE /api/webhooks/{endpointId}': endpoint,
  'POST /api/webhooks/{endpointId}/rotate-secret': endpoint,
  'POST /api/webhooks/{endpointId}/test': endpoint,
  'GET /api/webhooks/{endpointId}/deliveries': endpoint,
  'GET /api/webhooks/{endpointId}/deliveries/{deliveryId}': delivery,
  'POST /api/webhooks/{endpointId}/deliveries/{deliveryId}/replay': delivery,
  'GET /api/email/summaries': {
    level: 'user',
    query: ({ gmail_connections = '' }) => ({ connectionId: gmail_connections }),
    stranger: 200,
  },
  'GET /api/email/summaries/{summaryId}': { level: 'user', path: { summaryId: 'email_summaries' } },
  'POST /api/email/summaries/{summaryId}/feedback': {
    level: 'user',
    path: { summaryId: 'email_summaries' },
    body: () => ({ useful: true }),
  },
  'GET /api/email/summaries/{summaryId}/resummarise': summary,
  'POST /api/email/summaries/{summaryId}/resummarise': summary,
  'GET /api/email/digest': own,
  'POST /api/email/quote': { level: 'user', body: ofConnection, stranger: 404 },

  'GET /api/billing/packages': open,
  'POST /api/billing/purchase': { level: 'user', headers: { 'idempotency-key': 'a-key-of-the-walk' } },
  'GET /api/billing/payments/{id}': { level: 'user', path: { id: 'stripe_payments' } },
  'POST /api/billing/webhook': { level: 'proof' },
  'GET /api/billing/balance': own,
  'GET /api/billing/transactions': own,
  'GET /api/billing/history': own,
  'GET /api/billing/history/{month}.csv': { level: 'user', path: { month: "'2026-11'" } },
  'GET /api/billing/top-up': own,
  'PUT /api/billing/top-up': own,

  'GET /api/jobs': {
    level: 'user',
    query: ({ background_jobs = '' }) => ({ runId: background_jobs }),
    stranger: 200,
  },
  'GET /api/jobs/runs': own,
  // An id that no stream gave out: any other call would not end.
  'GET /api/jobs/stream': { level: 'user', headers: { 'last-event-id': 'none' } },
  'GET /api/jobs/runs/{runId}': { level: 'user', path: { runId: 'background_jobs' } },
  'GET /api/jobs/processing': own,
  'POST /api/jobs/pause': own,
  'POST /api/jobs/resume': own,
  'POST /api/jobs/{jobId}/cancel': job,
  'POST /api/jobs/{jobId}/retry': job,
  'POST /api/jobs/runs/{runId}/cancel': run,
  'POST /api/jobs/runs/{runId}/retry': run,
  'GET /api/users/me/usage': own,
  'PUT /api/email/summaries/{summaryId}/read': { level: 'user', path: { summaryId: 'email_summaries' } },
  'DELETE /api/email/summaries/{summaryId}/read': { level: 'user', path: { summaryId: 'email_summaries' } },
  'GET /api/email/digest/unsubscribe': open,
  'POST /api/email/digest/unsubscribe': open,
  'GET /api/dashboard': own,

  'GET /api/admin/audit': admin(),
  'GET /api/admin/jobs': admin(),
  'POST /api/admin/jobs/{id}/retry': admin({ id: 'processing_jobs' }),
  'POST /api/admin/jobs/{id}/cancel': admin({ id: 'processing_jobs' }),
  'POST /api/admin/runs/{id}/retry': admin({ id: 'background_jobs' }),
  'POST /api/admin/runs/{id}/cancel': admin({ id: 'background_jobs' }),
  'GET /api/admin/quarantine': admin(),
  'POST /api/admin/quarantine/{id}/release': admin({ id: 'processing_jobs' }),
  'GET /api/admin/payments': admin(),
  'GET /api/admin/stripe-events': admin(),
  'POST /api/admin/stripe-events/{id}/replay': admin({ id: "'evt_1'" }),
  'POST /api/admin/queue-page': admin(),
  'GET /api/admin/health': admin(),
  'GET /api/admin/connections': admin(),
  'GET /api/admin/runs': admin(),
  'GET /api/admin/usage': admin(),
  'GET /api/admin/usage/users': admin(),
  'GET /api/admin/config': admin(),
  'GET /api/admin/config/{key}/history': admin({ key: "'signups.enabled'" }),
  'PUT /api/admin/config/{key}': admin({ key: "'signups.enabled'" }),
  'POST /api/admin/config/{key}/reset': admin({ key: "'signups.enabled'" }),
  'GET /api/admin/dead-letters': admin(),
  'POST /api/admin/dead-letters/{id}/replay': admin({ id: 'outbox_messages' }),
  'POST /api/admin/dead-letters/{id}/drop': admin({ id: 'outbox_messages' }),
  'GET /api/admin/users': admin(),
  'GET /api/admin/users/{id}': admin({ id: 'users' }),
  'POST /api/admin/users/{id}/suspend': admin({ id: 'users' }),
  'POST /api/admin/users/{id}/reinstate': admin({ id: 'users' }),
  'POST /api/admin/users/{id}/sign-out': admin({ id: 'users' }),
  'PUT /api/admin/users/{id}/role': admin({ id: 'users' }),
  'POST /api/admin/users/{id}/credits': admin({ id: 'users' }),
  'POST /api/admin/users/{id}/export': admin({ id: 'users' }),
  'DELETE /api/admin/users/{id}': admin({ id: 'users' }),
  'POST /api/admin/users/{id}/connections/{connectionId}/sync': admin({
    id: 'users',
    connectionId: 'gmail_connections',
  }),
  'POST /api/admin/payments/{id}/refund': {
    level: 'admin',
    path: { id: 'stripe_payments' },
    body: () => ({ reason: 'It was asked for' }),
  },
};
