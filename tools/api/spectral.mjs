import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { oas } = require('@stoplight/spectral-rulesets');
const owasp = require('@stoplight/spectral-owasp-ruleset');

/** Open by intent. A route that becomes public without standing here fails the lint. */
const open = {
  // Who calls these has no token yet, has lost the password, or proves itself by what stands in the body.
  '/api/auth/register': 'post',
  '/api/auth/login': 'post',
  '/api/auth/refresh': 'post',
  '/api/auth/forgot-password': 'post',
  '/api/auth/reset-password': 'post',
  '/api/auth/verify-email': 'post',
  '/api/auth/google/start': 'post',
  '/api/auth/google/finish': 'post',
  // Google's redirect carries a single-use state; Google's push carries a signed token, Stripe's event a signature.
  '/api/gmail/callback': 'get',
  '/api/gmail/push': 'post',
  '/api/billing/webhook': 'post',
  // The link in a digest: the token in it is good for this alone, and mail programs press it for a reader (RFC 8058).
  '/api/email/digest/unsubscribe': ['get', 'post'],
  // Prices are no secret.
  '/api/billing/packages': 'get',
  // What the service has to say to everybody, those included who cannot get in.
  '/api/status': 'get',
  // An orchestrator has no account.
  '/health/live': 'get',
  '/health/ready': 'get',
  '/health/startup': 'get',
};
const pointer = (path, method) =>
  `openapi.json#/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}/${method}`;

export default {
  extends: [
    [oas, 'recommended'],
    [owasp, 'recommended'],
  ],
  rules: {
    // Text of people and of mails has no pattern; what has one states it. Lengths are bounded everywhere.
    'owasp:api4:2023-string-restricted': 'off',
  },
  overrides: [
    {
      files: Object.entries(open).flatMap(([path, methods]) =>
        [methods].flat().map((method) => pointer(path, method)),
      ),
      rules: {
        'owasp:api2:2023-write-restricted': 'off',
        'owasp:api2:2023-read-restricted': 'off',
        // The unsubscribe link's token opens nothing but the end of these mails.
        'owasp:api2:2023-no-credentials-in-url': 'off',
        // What asks for no credentials refuses none.
        'owasp:api8:2023-define-error-responses-401': 'off',
      },
    },
  ],
};
