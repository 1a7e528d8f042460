import type { ErrorKind } from '../../src/kernel/errors/domain-error';

/** What a caller should do about a problem of a kind, where nothing better is said of its code. */
export const adviceOfKind: Record<ErrorKind, string> = {
  invalid: 'Correct the request; the same one fails again.',
  unauthenticated: 'Sign in, or refresh the session, and call again.',
  'payment-required': 'Buy credits, or use another card, and call again.',
  forbidden: 'Call with credentials that allow it.',
  'not-found': 'Read the list it should stand in; it may be deleted, or another user’s.',
  conflict: 'Read its state, and decide anew.',
  gone: 'Do not ask again: it will not come back.',
  'precondition-failed': 'Read it, apply your change to what you read, and send the new `ETag`.',
  'too-large': 'Send less.',
  unprocessable: 'Send something else; the same request fails again.',
  'rate-limited': 'Wait as many seconds as `Retry-After` says, then call again.',
  unavailable: 'Wait as many seconds as `Retry-After` says, else a few with growing pauses, then call again.',
  internal: 'Send us the `requestId`: it is our fault, and a repetition seldom helps.',
};

const reconnect = 'Send the user through `POST /api/gmail/connections` and Google’s page again.';
const waitForJob = 'Nothing: the job tries again by itself, and its credit stays on hold.';
const settled = 'Nothing: the job ends, and its credit is given back.';
const worker = 'Nothing: workers see it and go on with other work.';

/** What is better said of one code than of its kind. */
export const adviceOfCode: Record<string, string> = {
  'auth.account-suspended': 'Ask the administrators; signing in again does not help.',
  'auth.email-taken': 'Offer to sign in, or to reset the password.',
  'auth.google-not-linked': 'Sign in with the password; Google’s word for this address is not enough.',
  'auth.google-refused': 'Begin anew with `POST /api/auth/google/start`.',
  'auth.invalid-credentials': 'Let the user type both again; which one is wrong is not told.',
  'auth.invalid-refresh-token':
    'Sign in. A refresh token is good once: its second use ends the session, as one of the two users was a thief.',
  'auth.invalid-token': 'Ask for another mail.',
  'auth.mail-outcome-unknown': 'Look into the inbox before asking for another mail.',
  'auth.no-such-user': 'Read the list of users; the account may be deleted.',
  'auth.not-yourself': 'Let another administrator do it.',
  'auth.recent-proof-needed': 'Send the password (and a code, with a second factor) along.',
  'auth.scope-missing': 'Make a key with the scope that the operation names.',
  'auth.second-factor-required': 'Repeat the call with `code`, from the app or a recovery code.',
  'auth.session-ended': 'Sign in and begin the flow anew.',
  'auth.signups-closed': 'Try another day.',
  'auth.too-many-api-keys': 'Revoke a key, then call again.',
  'auth.weak-password': 'Let the user choose another one; `faults` says why.',
  'auth.wrong-password': 'Let the user type it again.',
  'auth.wrong-code': 'Wait for the next code: each is good once.',
  'billing.bad-month': 'Name a month as `YYYY-MM`.',
  'billing.captured-already': worker,
  'billing.checkout-closed': 'Begin another purchase with another `Idempotency-Key`.',
  'billing.idempotency-key-reused': 'Use one key for one purchase.',
  'billing.no-payment-method': 'Buy once with the card to be saved, then configure the top-up.',
  'billing.nothing-to-capture': worker,
  'billing.payments-disabled': 'Ask the operators: this installation takes no payments.',
  'billing.purchase-used': 'Refund less than whole in Stripe’s dashboard, or nothing.',
  'billing.unknown-package': 'Choose from `GET /api/billing/packages`.',
  'billing.webhook-account': 'Point only the configured Stripe account at this endpoint.',
  'billing.webhook-mode': 'Point only the endpoint of this mode, live or test, here.',
  'billing.webhook-signature': 'Configure the signing secret that Stripe shows for this endpoint.',
  'config.changed-meanwhile': 'Read the setting, and send its new version.',
  'email.answer-cut': settled,
  'email.bad-request': settled,
  'email.cleaning-failed': 'Nothing: the job tries again a few times, then ends and gives its credit back.',
  'email.daily-spend-cap': 'Nothing: work goes on at midnight UTC, or when the cap is raised.',
  'email.empty-answer': settled,
  'email.malformed-answer': settled,
  'email.model-failed': waitForJob,
  'email.model-refused-key': 'Operators: set a valid `ANTHROPIC_API_KEY`. Jobs wait for it.',
  'email.model-unreachable': waitForJob,
  'email.overloaded': waitForJob,
  'email.rate-limited': waitForJob,
  'email.refused': settled,
  'email.resummarise-under-way': 'Wait for the summary that is under way.',
  'email.spend-limit': 'Operators: raise the spend limit of the account at Anthropic. Jobs wait for it.',
  'email.timeout': waitForJob,
  'email.too-long': settled,
  'email.user-spend-cap': 'Nothing: the user’s work goes on at midnight UTC.',
  'gmail.actions-not-allowed': 'Connect the mailbox again and allow actions.',
  'gmail.consent-denied': 'Ask the user whether to try again.',
  'gmail.consent-expired': reconnect,
  'gmail.lease-lost': worker,
  'gmail.needs-reauth': reconnect,
  'gmail.no-lasting-access': reconnect,
  'gmail.not-connected': 'Resume the mailbox, or connect it again.',
  'gmail.refused-by-administrator':
    'Ask the administrator of the Google Workspace to allow this application.',
  'gmail.return-url-refused': 'Use a return address that the installation allows.',
  'gmail.scope-missing': 'Connect the mailbox again and leave the permissions ticked.',
  'gmail.state-unknown': reconnect,
  'gmail.too-many-rules': 'Delete a rule first.',
  'gmail.walk-in-progress': worker,
  'gmail.walk-stopped': worker,
  'health.not-ready': 'Send requests to another instance.',
  'jobs.lease-lost': worker,
  'jobs.no-connection': 'Connect a mailbox first.',
  'jobs.not-settled': 'Wait as many seconds as `Retry-After` says, then call again.',
  'jobs.quarantined': 'Administrators: look at the mail, and release it.',
  'request.bad-cursor': 'Begin with the first page; send `nextCursor` as it was given, to the same list.',
  'request.headers-too-large': 'Send fewer or shorter headers.',
  'request.idempotency-answer-gone': 'Read what the call made; do not repeat it.',
  'request.idempotency-in-progress':
    'Wait as many seconds as `Retry-After` says, then repeat it under the same key.',
  'request.idempotency-key-reused': 'Use one key for one request, whatever its body.',
  'request.invalid': 'Correct the fields that `faults` names.',
  'request.method-not-allowed': 'Use a method that the document has for this address.',
  'request.no-such-route': 'Use an address that the document has.',
  'request.not-acceptable': 'Accept `application/json`.',
  'request.timeout': 'Send the request faster, or in smaller pieces.',
  'request.unexpected-body': 'Send no body.',
  'request.unsupported-media-type': 'Send JSON as `application/json`.',
  'request.uri-too-long': 'Send a shorter address.',
};

/** What is meant where the code composes its message elsewhere. */
export const meaningOfCode: Record<string, string> = {
  'auth.bad-usage-range': 'The range of days is upside down, too long, or in the future.',
  'email.malformed-answer': 'The model’s answer is no summary.',
};

/** What the policy before an upstream says, whichever upstream it is. */
export const meaningOfPolicy: Record<string, string> = {
  busy: 'Too many calls to it are under way.',
  'circuit-open': 'It is failing; calls are paused.',
  timeout: 'It took too long.',
};
