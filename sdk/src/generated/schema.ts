/** Made from openapi.json by `npm run sdk:types`; do not edit. */

export interface paths {
  '/api/admin/payments/{id}/refund': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Pays an unused purchase back. The credits go at once, the money follows. */
    post: operations['admin.refundPurchase'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/api-keys': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Your API keys */
    get: operations['apiKeys.list'];
    put?: never;
    /** Make an API key */
    post: operations['apiKeys.create'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/api-keys/{keyId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Revoke an API key */
    delete: operations['apiKeys.revoke'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/change-password': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Change the password; other devices are signed out */
    post: operations['auth.changePassword'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/confirm-identity': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Prove who you are again, before a dangerous act */
    post: operations['auth.confirmIdentity'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/forgot-password': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Ask for a mail with a way to a new password */
    post: operations['auth.forgotPassword'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/google/finish': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Sign in with the code that Google gave */
    post: operations['auth.finishGoogle'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/google/start': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Begin to sign in with Google */
    post: operations['auth.startGoogle'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/login': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Sign in with a password */
    post: operations['auth.login'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/logout': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** End this session */
    post: operations['auth.logout'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/logout-everywhere': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Sign every device out, this one included */
    post: operations['auth.logoutEverywhere'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/refresh': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Trade a refresh token for the next pair of tokens */
    post: operations['auth.refresh'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/register': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Open an account and sign in */
    post: operations['auth.register'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/request-verification': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Ask for the verification mail once more */
    post: operations['auth.requestVerification'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/reset-password': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Choose a new password with the token out of the mail */
    post: operations['auth.resetPassword'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/second-factor': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Get a secret for an authenticator app */
    post: operations['secondFactor.begin'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/second-factor/confirm': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Turn the second factor on with a first code */
    post: operations['secondFactor.confirm'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/second-factor/disable': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Turn the second factor off */
    post: operations['secondFactor.disable'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/second-factor/recovery-codes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Get new recovery codes */
    post: operations['secondFactor.renewRecoveryCodes'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/sessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The devices that are signed in */
    get: operations['sessions.list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/sessions/{sessionId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Sign one device out */
    delete: operations['sessions.revoke'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/verify-email': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Verify the address with the token out of the mail */
    post: operations['auth.verifyEmail'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/billing/balance': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Your credits: what you may spend, what is set aside, and when what expires. */
    get: operations['billing.balance'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/billing/history': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Purchases, refunds, disputes and monthly statements, newest first. */
    get: operations['billing.history'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/billing/history/{month}.csv': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A month's credits line by line, from the opening to the closing balance, as CSV. Days are UTC. */
    get: operations['billing.exportStatement'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/billing/packages': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The credit packages that can be bought. */
    get: operations['billing.packages'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/billing/payments/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How one of your payments stands. */
    get: operations['billing.payment'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/billing/purchase': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Begins a purchase and answers the page to pay on. */
    post: operations['billing.purchase'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/billing/top-up': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether and how credits are bought by themselves. */
    get: operations['billing.topUp'];
    /** Switches automatic top-ups on or off, and tries again after a problem. */
    put: operations['billing.configureTopUp'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/billing/transactions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Every movement of your credits, newest first, with the balance after it. */
    get: operations['billing.transactions'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/billing/webhook': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** For Stripe alone: takes signed events. The signature is the proof, so nobody signs in here. */
    post: operations['billing.webhook'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/dashboard': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Credits, mailboxes, mails by state and summaries at a glance. */
    get: operations['dashboard.get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/email/actions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What was done to mails, newest first */
    get: operations['email.actions'];
    put?: never;
    /** Do something to one or many mails in Gmail */
    post: operations['email.act'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/email/actions/{id}/undo': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Take an action back, within 30 days */
    post: operations['email.undo'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/email/digest': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One day's mails on one page: what they ask for, and what they say, by category. */
    get: operations['summaries.digest'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/email/quote': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** What a sync would cost now. Nothing is started, read or held. */
    post: operations['gmail.quote'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/email/rules': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The rules, oldest first */
    get: operations['email.rules'];
    put?: never;
    /** Have something done to mails of a kind from now on */
    post: operations['email.createRule'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/email/rules/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Forget a rule; what it did stays done */
    delete: operations['email.deleteRule'];
    options?: never;
    head?: never;
    /** Turn a rule on or off */
    patch: operations['email.enableRule'];
    trace?: never;
  };
  '/api/email/rules/dry-run': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** What a rule would act on; changes nothing */
    post: operations['email.dryRunRule'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/email/summaries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Your summaries, the newest mail first. */
    get: operations['summaries.list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/email/summaries/{summaryId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One summary. */
    get: operations['summaries.get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/email/summaries/{summaryId}/feedback': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Tells whether a summary was of use, and why not. Told again, the last word counts. */
    post: operations['summaries.giveFeedback'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/gmail/callback': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Where Google sends the browser after the consent */
    get: operations['gmail.callback'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/gmail/connections': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The connected mailboxes, oldest first */
    get: operations['gmail.connections'];
    put?: never;
    /** Begin to connect a Gmail mailbox */
    post: operations['gmail.connect'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/gmail/connections/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One mailbox: its health, its filter, what became of its mails */
    get: operations['gmail.connection'];
    put?: never;
    post?: never;
    /** Revoke the access to a mailbox and wipe its tokens */
    delete: operations['gmail.disconnect'];
    options?: never;
    head?: never;
    /** Pause or resume a mailbox, and set which mails are read */
    patch: operations['gmail.configure'];
    trace?: never;
  };
  '/api/gmail/connections/{id}/labels': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The labels of a mailbox, by name */
    get: operations['gmail.labels'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/gmail/push': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Where Google Pub/Sub delivers mailbox changes */
    post: operations['gmail.push'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/gmail/sync': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Looks for new mails in one or in every connected mailbox and queues a summary of each. */
    post: operations['gmail.sync'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/jobs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Your jobs, newest first. */
    get: operations['jobs.list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/jobs/runs/{runId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One sync and how far its mails are. */
    get: operations['runs.get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/users/me': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The signed-in user */
    get: operations['users.me'];
    put?: never;
    post?: never;
    /** Delete the account for good */
    delete: operations['users.delete'];
    options?: never;
    head?: never;
    /** Change name and preferences */
    patch: operations['users.update'];
    trace?: never;
  };
  '/api/users/me/audit-trail': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What was done to your account, or by it */
    get: operations['users.auditTrail'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/users/me/export': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Everything we hold about you */
    post: operations['users.export'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/live': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The event loop turns; says nothing about dependencies. Restart the process when this fails. */
    get: operations['health.live'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/ready': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The process may take traffic: Postgres answers, its migrations are applied, and no stop was asked for. */
    get: operations['health.ready'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/startup': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The process has started and saw its database once. */
    get: operations['health.startup'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    AccountDto: {
      /** Format: date-time */
      createdAt: string;
      /** Format: email */
      email: string;
      /** @description Whether the address was confirmed through the mail we sent there. */
      emailVerified: boolean;
      /** Format: uuid */
      id: string;
      name: string;
      preferences: components['schemas']['PreferencesDto'];
      /** @enum {string} */
      role: 'admin' | 'user';
      /** @description Whether sign-in asks for a code of an authenticator app. */
      secondFactor: boolean;
    };
    ActionItemDto: {
      /** @description Calendar day (YYYY-MM-DD) when the mail names one. */
      dueDate: string | null;
      task: string;
    };
    ActionsRecordedDto: {
      actions: components['schemas']['RecordedActionDto'][];
      /** @description Follow the actions under `/api/email/actions?requestId=…`. */
      requestId: string;
    };
    ActOnMailsDto: {
      /** @description The mails, by their ids here. */
      emailIds: string[];
      kind: components['schemas']['MailActionKind'];
      /** @description Gmail's label id; needed by `label` and `unlabel`, ignored otherwise. */
      labelId?: string;
      /**
       * Format: uuid
       * @description Chosen by the caller: sent again with the same id, the request is done once.
       */
      requestId?: string;
    };
    ApiKeyDto: {
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      expiresAt: string | null;
      /** Format: uuid */
      id: string;
      /**
       * Format: date-time
       * @description To the minute.
       */
      lastUsedAt: string | null;
      name: string;
      /** @description How the key begins, to tell it from others. */
      prefix: string;
      scopes: (
        | 'billing:read'
        | 'billing:write'
        | 'dashboard:read'
        | 'dashboard:write'
        | 'email:read'
        | 'email:write'
        | 'gmail:read'
        | 'gmail:write'
        | 'jobs:read'
        | 'jobs:write'
      )[];
    };
    BalanceDto: {
      /** @description Credits that may be spent now. */
      available: number;
      /** @description Credits spent so far. */
      captured: number;
      /** @description Credits received so far. */
      granted: number;
      /** @description Credits set aside for mails under way. */
      held: number;
      /** @description Where the credits come from, in the order in which they are spent. */
      lots: components['schemas']['OpenLotDto'][];
      /** @description Credits that refunds took back after they had been spent. */
      owed: number;
    };
    ChangePasswordDto: {
      /** Format: password */
      currentPassword: string;
      /**
       * Format: password
       * @description 10 characters or more, and not one of the passwords that everybody tries first.
       */
      newPassword: string;
    };
    CodeDto: {
      /**
       * @description Six digits of the app, or a recovery code.
       * @example 123456
       */
      code: string;
    };
    ConfigureConnectionDto: {
      /** @description How many days back mails are read; mails that were found already stay. */
      backfillDays?: number;
      /** @description Gmail label ids of which a mail must carry one; empty for every mail. */
      onlyLabels?: string[];
      /** @description True pauses the reading, false resumes it. */
      paused?: boolean;
      /** @description Gmail label ids of which a mail must carry none. */
      skipLabels?: string[];
    };
    ConfigureTopUpDto: {
      /** @description Most automatic purchases in one day (UTC). */
      dailyCap?: number;
      /** @description Whether credits are bought by themselves when they run low. Off until asked for. */
      enabled: boolean;
      /** @description The package to buy; needed to switch it on. */
      packageId?: string;
      /** @description Credits at or below which the balance counts as low. */
      threshold?: number;
    };
    ConfirmIdentityDto: {
      /** Format: password */
      password: string;
    };
    ConnectedDto: {
      connectionId: string;
      emailAddress: string;
    };
    ConnectGmailDto: {
      /** @description Asks also for the permission to change labels, which mailbox actions and rules need. Default: reading only. */
      actions?: boolean;
      /**
       * Format: email
       * @description The address to choose on Google's page.
       */
      loginHint?: string;
      /**
       * Format: uri
       * @description Page to return to after the consent; its origin and path must be allowed by RETURN_URLS or be PUBLIC_URL.
       */
      returnTo?: string;
    };
    ConnectionDetailDto: {
      /** @description Whether Google allows us to change labels: mailbox actions and rules need it. */
      actionsAllowed: boolean;
      /** @description Whether the first reading has reached its end. */
      backfillComplete: boolean;
      coverage: components['schemas']['CoverageDto'];
      /** @description Seconds since everything in the mailbox had been seen; null before the first reading ended. */
      cursorAgeSeconds: number | null;
      /** @description The mailbox's address. */
      emailAddress: string;
      filter: components['schemas']['ConnectionFilterDto'];
      /** @description False when the mailbox is connected but has not been read, or keeps failing, for longer than it should. */
      healthy: boolean;
      /** @description UUID v7. */
      id: string;
      /** @description Code of the error that ended the last reading; null when it ended well. */
      lastError: string | null;
      /** @description When Google last pushed a change, ISO 8601. */
      lastPushAt: string | null;
      /** @description When the mailbox was last read to its end, ISO 8601. */
      lastSyncedAt: string | null;
      /** @description Only a `connected` mailbox is read. `needs_reauth` and `pending` wait for a new consent. */
      status: components['schemas']['ConnectionStatus'];
      /** @description Why it is not `connected`, for a person. */
      statusReason: string | null;
      /** @description When Google's pushes end unless they are renewed, ISO 8601. */
      watchExpiresAt: string | null;
    };
    ConnectionDto: {
      /** @description The mailbox's address. */
      emailAddress: string;
      /** @description UUID v7. */
      id: string;
      /** @description When the mailbox was last read to its end, ISO 8601. */
      lastSyncedAt: string | null;
      /** @description Only a `connected` mailbox is read. `needs_reauth` and `pending` wait for a new consent. */
      status: components['schemas']['ConnectionStatus'];
      /** @description Why it is not `connected`, for a person. */
      statusReason: string | null;
    };
    ConnectionFilterDto: {
      /** @description How many days back the first reading went; everything when null. */
      backfillDays: number | null;
      /** @description Gmail label ids of which a mail must carry one; every mail is read when empty. */
      onlyLabels: string[];
      /** @description Gmail label ids of which a mail must carry none. */
      skipLabels: string[];
    };
    ConnectionListDto: {
      data: components['schemas']['ConnectionDto'][];
    };
    /**
     * @description Only a `connected` mailbox is read. `needs_reauth` and `pending` wait for a new consent.
     * @enum {string}
     */
    ConnectionStatus: 'connected' | 'disconnected' | 'needs_reauth' | 'paused' | 'pending';
    ConsentDto: {
      /** @description Google's consent page. Open it in a browser within 15 minutes; it works once. */
      consentUrl: string;
    };
    CoverageDto: {
      /** @description Mails found. */
      discovered: number;
      /** @description Mails given up for good. */
      failed: number;
      /** @description Mails that need no summary, by the code of the reason. */
      skipped: {
        [key: string]: number;
      };
      /** @description Mails with a stored summary. */
      summarised: number;
      /** @description Mails that wait for credits or for a worker, or are under way. */
      waiting: number;
    };
    CreateApiKeyDto: {
      /** @description Days until it expires; never when left out. */
      expiresInDays?: number;
      /** @description What the key is for. */
      name: string;
      /** @description The only things the key may do. */
      scopes: (
        | 'billing:read'
        | 'billing:write'
        | 'dashboard:read'
        | 'dashboard:write'
        | 'email:read'
        | 'email:write'
        | 'gmail:read'
        | 'gmail:write'
        | 'jobs:read'
        | 'jobs:write'
      )[];
    };
    CreatedApiKeyDto: {
      apiKey: components['schemas']['ApiKeyDto'];
      /** @description Send it as `Authorization: Bearer`. Shown this once. */
      key: string;
    };
    CreateRuleDto: {
      /**
       * @description Categories of summaries.
       * @default []
       */
      categories: string[];
      kind: components['schemas']['MailActionKind'];
      /** @description Gmail's label id; needed by `label` and `unlabel`, ignored otherwise. */
      labelId?: string;
      /**
       * @description Mailing lists, by the id in List-Id.
       * @default []
       */
      lists: string[];
      name: string;
      /**
       * @description Addresses of senders, or whole domains such as `@example.com`.
       * @default []
       */
      senders: string[];
      /**
       * @description Urgencies of summaries.
       * @default []
       */
      urgencies: string[];
    };
    DashboardConnectionDto: {
      emailAddress: string;
      id: string;
      /** @description ISO 8601, UTC. */
      lastSyncedAt: string | null;
      /** @enum {string} */
      status: 'connected' | 'disconnected' | 'needs_reauth' | 'paused' | 'pending';
      statusReason: string | null;
    };
    DashboardCreditsDto: {
      /** @description Free to spend. */
      available: number;
      /** @description Spent on stored summaries. */
      captured: number;
      /** @description Set aside for mails under way. */
      held: number;
    };
    DashboardDto: {
      connections: components['schemas']['DashboardConnectionDto'][];
      credits: components['schemas']['DashboardCreditsDto'];
      mails: components['schemas']['DashboardMailsDto'];
      summaries: components['schemas']['DashboardSummariesDto'];
    };
    DashboardMailsDto: {
      awaiting_credits: number;
      cancelled: number;
      done: number;
      failed: number;
      queued: number;
      running: number;
      skipped: number;
    };
    DashboardSummariesDto: {
      byCategory: {
        [key: string]: number;
      };
      byUrgency: {
        [key: string]: number;
      };
      /** @description Stored since midnight UTC. */
      today: number;
      total: number;
      /** @description Stored in the last seven days. */
      week: number;
    };
    DigestDto: {
      day: string;
      /** @description By category, the one with the most urgent mail first. */
      groups: components['schemas']['DigestGroupDto'][];
      /** @description Mails below; a day with more than 500 shows the 500 most urgent. */
      mails: number;
      /** @description What the day's mails ask for: the soonest due first, undated ones last. */
      tasks: components['schemas']['DigestTaskDto'][];
      timeZone: string;
    };
    DigestGroupDto: {
      /** @enum {string} */
      category:
        | 'calendar'
        | 'finance'
        | 'newsletter'
        | 'notification'
        | 'other'
        | 'personal'
        | 'promotion'
        | 'receipt'
        | 'security'
        | 'shipping'
        | 'social'
        | 'spam'
        | 'support'
        | 'travel'
        | 'work';
      mails: components['schemas']['DigestMailDto'][];
    };
    DigestMailDto: {
      headline: string;
      /** Format: date-time */
      receivedAt: string;
      sender: string;
      summaryId: string;
      /** @enum {string} */
      urgency: 'critical' | 'high' | 'low' | 'normal';
    };
    DigestTaskDto: {
      /** @description Calendar day (YYYY-MM-DD) when the mail names one. */
      dueDate: string | null;
      summaryId: string;
      task: string;
    };
    DisableSecondFactorDto: {
      /**
       * @description Six digits of the app, or a recovery code.
       * @example 123456
       */
      code: string;
      /**
       * Format: password
       * @description Leave it out where the account has none; a recent sign-in is needed then.
       */
      password?: string;
    };
    DryRunDto: {
      /** @description How many summaries were looked at, the newest first. */
      looked: number;
      /** @description How many of them the rule would act on. */
      matched: number;
      /** @description The first of these, newest first. */
      matches: components['schemas']['RuleMatchDto'][];
    };
    EnableRuleDto: {
      /** @description Whether the rule acts on summaries from now on. */
      enabled: boolean;
    };
    FeedbackDto: {
      /** Format: date-time */
      at: string;
      comment: string | null;
      /** @enum {string|null} */
      reason:
        | 'incomplete'
        | 'missed-action'
        | 'other'
        | 'too-long'
        | 'wrong'
        | 'wrong-category'
        | 'wrong-language'
        | 'wrong-urgency'
        | null;
      useful: boolean;
    };
    FieldFaultDto: {
      /** @example email must be an email */
      message: string;
      /**
       * @description JSON pointer to the field.
       * @example /email
       */
      path: string;
    };
    FinishGoogleSignInDto: {
      /** @description What Google sent the browser back with. */
      code: string;
      /** @description From the start of this sign-in. */
      codeVerifier: string;
      /** @description The same as at the start. */
      redirectUri?: string;
    };
    GiveFeedbackDto: {
      /** @description In the reader's own words. */
      comment?: string;
      /**
       * @description What is wrong with it.
       * @enum {string}
       */
      reason?:
        | 'incomplete'
        | 'missed-action'
        | 'other'
        | 'too-long'
        | 'wrong'
        | 'wrong-category'
        | 'wrong-language'
        | 'wrong-urgency';
      /** @description Whether the summary spared its reader the mail. */
      useful: boolean;
    };
    GoogleSignInDto: {
      /** @description Keep it and send it with the code: without it nobody can finish this sign-in. */
      codeVerifier: string;
      /** @description Comes back beside the code: compare it, or somebody may have begun this sign-in for you. */
      state: string;
      /** @description Google's page; open it in a browser. */
      url: string;
    };
    HealthDto: {
      /** @description Each dependency that was looked at, and how it is. */
      checks: {
        [key: string]: string;
      };
      status: string;
    };
    HighlightDto: {
      /** @enum {string} */
      field: 'headline' | 'subject' | 'summary';
      parts: components['schemas']['HighlightPartDto'][];
    };
    HighlightPartDto: {
      found: boolean;
      text: string;
    };
    HistoryLineDto: {
      /** @description Money in minor currency units; negative when it went back to the payer. */
      amountMinor: number | null;
      /** @description Change of the balance in credits. */
      credits: number | null;
      currency: string | null;
      /** @description A statement's opening, bought, granted, adjusted, used, expired, refunded and closing; else what there is to know. */
      details: {
        [key: string]: unknown;
      };
      id: string;
      /** @enum {string} */
      kind: 'dispute' | 'payment_failed' | 'purchase' | 'refund' | 'statement';
      /** Format: date-time */
      occurredAt: string;
      paymentId: string | null;
      /** @description Payment, refund or dispute it speaks of; the month (`2026-11`) of a statement. */
      ref: string;
    };
    HistoryPage: {
      data: components['schemas']['HistoryLineDto'][];
      /** @description Give it as `cursor` to get the next page. */
      nextCursor: string | null;
    };
    JobCountsDto: {
      awaiting_credits: number;
      cancelled: number;
      done: number;
      failed: number;
      queued: number;
      running: number;
      skipped: number;
    };
    JobDto: {
      /** @description Times the job was started. */
      attempts: number;
      /** Format: date-time */
      createdAt: string;
      emailId: string;
      /** Format: date-time */
      finishedAt: string | null;
      id: string;
      /** @description Why the job is where it is: set when it was skipped, failed, cancelled or put off. */
      reasonCode: string | null;
      runId: string | null;
      /** @enum {string} */
      state: 'awaiting_credits' | 'cancelled' | 'done' | 'failed' | 'queued' | 'running' | 'skipped';
    };
    JobPage: {
      data: components['schemas']['JobDto'][];
      /** @description Give it as `cursor` to get the next page. */
      nextCursor: string | null;
    };
    LabelDto: {
      /** @description What filters, actions and rules take. */
      id: string;
      name: string;
      /** @enum {string} */
      type: 'system' | 'user';
    };
    LabelListDto: {
      data: components['schemas']['LabelDto'][];
    };
    LoginUserDto: {
      /**
       * @description Where the account has a second factor: six digits of the app, or a recovery code.
       * @example 123456
       */
      code?: string;
      /**
       * Format: email
       * @example ada@example.com
       */
      email: string;
      /** Format: password */
      password: string;
    };
    MailActionDto: {
      appliedAt: string | null;
      emailId: string;
      id: string;
      kind: components['schemas']['MailActionKind'];
      labelId: string | null;
      /** @description Why it failed, or why it could not be taken back. */
      reasonCode: string | null;
      /** @description ISO 8601. */
      requestedAt: string;
      /**
       * @description Who asked: the user, or a rule of the user's.
       * @enum {string}
       */
      requestedBy: 'rule' | 'user';
      /** @description The request's id, or the rule's. */
      requestId: string;
      status: components['schemas']['MailActionStatus'];
      undoneAt: string | null;
    };
    /** @enum {string} */
    MailActionKind:
      | 'archive'
      | 'label'
      | 'mark_read'
      | 'mark_unread'
      | 'star'
      | 'trash'
      | 'unarchive'
      | 'unlabel'
      | 'unstar'
      | 'untrash';
    MailActionPageDto: {
      data: components['schemas']['MailActionDto'][];
      /** @description Give it as `cursor` to get the next page. */
      nextCursor: string | null;
    };
    /** @enum {string} */
    MailActionStatus: 'applied' | 'failed' | 'requested' | 'undoing' | 'undone';
    MyDataDto: {
      /** @description Profile, sessions, API keys and the audit trail. */
      account: {
        [key: string]: unknown;
      };
      billing: {
        [key: string]: unknown;
      };
      email: {
        [key: string]: unknown;
      };
      /** Format: date-time */
      exportedAt: string;
      gmail: {
        [key: string]: unknown;
      };
      jobs: {
        [key: string]: unknown;
      };
    };
    NewSecondFactorDto: {
      /** @description For typing into an authenticator app, base32. */
      secret: string;
      /** @description The same for a QR code: an otpauth URI. */
      uri: string;
    };
    Object: Record<string, never>;
    OpenLotDto: {
      /** @description ISO 8601; null never expires. */
      expiresAt: string | null;
      granted: number;
      held: number;
      /** @description Credits left of it, held ones included. */
      remaining: number;
      /** @description purchase, welcome, promotion or adjustment. */
      source: string;
    };
    PackageDto: {
      /** @description Price in minor currency units: 500 is 5.00. */
      amountMinor: number;
      credits: number;
      /** @description ISO 4217, lower case. */
      currency: string;
      /** @description What `POST /api/billing/purchase` takes as `packageId`. */
      id: string;
      name: string;
      /** @description Days after the purchase until the credits expire; null never. */
      validityDays: number | null;
    };
    PackagesDto: {
      data: components['schemas']['PackageDto'][];
    };
    PaymentDto: {
      /** @description Price in minor currency units. */
      amountMinor: number;
      /** @description Stripe's page to pay on, while it is open. */
      checkoutUrl: string | null;
      /** Format: date-time */
      createdAt: string;
      credits: number;
      currency: string;
      /** @description Under dispute or lost in one, in minor currency units. */
      disputedMinor: number;
      /** @description Why it failed: a code such as `card_declined` or `authentication_required`. */
      failureCode: string | null;
      id: string;
      /**
       * @description How the purchase came about.
       * @enum {string}
       */
      kind: 'auto_top_up' | 'checkout';
      packageId: string;
      /** Format: date-time */
      paidAt: string | null;
      /** @description Paid back so far, in minor currency units. */
      refundedMinor: number;
      /** @enum {string} */
      status: 'created' | 'expired' | 'failed' | 'open' | 'paid' | 'processing';
    };
    PersonDto: {
      name: string;
      /** @description Their part in the matter. */
      role: string | null;
    };
    PreferencesDto: {
      /**
       * @description Language to be written to in.
       * @example en-GB
       */
      locale?: string;
      /** @description Whether we may write about the account's state, such as credits that run out. */
      notifications?: boolean;
      /**
       * @description IANA name.
       * @example Europe/London
       */
      timeZone?: string;
    };
    ProblemDto: {
      /**
       * @description Stable; branch on it.
       * @example request.invalid
       */
      code: string;
      /** @example The request is malformed. */
      detail: string;
      faults?: components['schemas']['FieldFaultDto'][];
      /** @example 0190f5a2-7c1e-7d3a-9a55-1f2e3d4c5b6a */
      requestId: string;
      /** @example 400 */
      status: number;
      /** @example Bad Request */
      title: string;
      /**
       * Format: uri
       * @example urn:inbrief:problem:request.invalid
       */
      type: string;
    };
    PurchasedDto: {
      /** @description Price in minor currency units. */
      amountMinor: number;
      /** @description Stripe's page to pay on. */
      checkoutUrl: string;
      credits: number;
      currency: string;
      /** @description When that page closes, ISO 8601. */
      expiresAt: string;
      /** @description Follow it under `/api/billing/payments/{paymentId}`. */
      paymentId: string;
    };
    PurchaseDto: {
      /**
       * Format: uri
       * @description Where Stripe sends a buyer who turns back; only addresses this installation allows.
       */
      cancelUrl?: string;
      /** @description One of `GET /api/billing/packages`. */
      packageId: string;
      /** @description Keep the card for automatic top-ups; the buyer is asked to agree. */
      savePaymentMethod?: boolean;
      /**
       * Format: uri
       * @description Where Stripe sends the buyer after paying; only addresses this installation allows.
       */
      successUrl?: string;
    };
    QuoteSyncDto: {
      /**
       * Format: uuid
       * @description The mailbox to read; every connected one when absent.
       */
      connectionId?: string;
      /** @description Most credits the run of each mailbox may take; mails beyond it are left out for good. */
      maxCredits?: number;
      /** @description Most mails a first backfill takes, newest first. */
      maxMails?: number;
    };
    ReceivedEventDto: {
      /** @description Always true: the event is stored. */
      received: boolean;
    };
    RecordedActionDto: {
      emailId: string;
      id: string;
      /** @description Why it failed, or why it could not be taken back. */
      reasonCode: string | null;
      status: components['schemas']['MailActionStatus'];
    };
    RecoveryCodesDto: {
      /** @description Each is good for one sign-in without the app. Shown this once. */
      recoveryCodes: string[];
    };
    RefreshSessionDto: {
      /** @description The refresh token that came last. */
      refreshToken: string;
    };
    RefundPurchaseDto: {
      /** @description Why; it stands in the audit log. */
      reason: string;
    };
    RegisteredUserDto: {
      /** @description Google's consent page for this account; good once, for the session that was just opened. */
      gmailConsentUrl: string;
      tokens: components['schemas']['TokensDto'];
      user: components['schemas']['AccountDto'];
    };
    RegisterUserDto: {
      /**
       * Format: email
       * @example ada@example.com
       */
      email: string;
      name: string;
      /**
       * Format: password
       * @description 10 characters or more, and not one of the passwords that everybody tries first.
       */
      password: string;
    };
    RequestPasswordResetDto: {
      /**
       * Format: email
       * @example ada@example.com
       */
      email: string;
    };
    ResetPasswordDto: {
      /**
       * Format: password
       * @description 10 characters or more, and not one of the passwords that everybody tries first.
       */
      newPassword: string;
      /** @description The token out of the mail. */
      token: string;
    };
    RuleBodyDto: {
      /**
       * @description Categories of summaries.
       * @default []
       */
      categories: string[];
      kind: components['schemas']['MailActionKind'];
      /** @description Gmail's label id; needed by `label` and `unlabel`, ignored otherwise. */
      labelId?: string;
      /**
       * @description Mailing lists, by the id in List-Id.
       * @default []
       */
      lists: string[];
      /**
       * @description Addresses of senders, or whole domains such as `@example.com`.
       * @default []
       */
      senders: string[];
      /**
       * @description Urgencies of summaries.
       * @default []
       */
      urgencies: string[];
    };
    RuleDto: {
      categories: string[];
      /** @description ISO 8601. */
      createdAt: string;
      enabled: boolean;
      id: string;
      kind: components['schemas']['MailActionKind'];
      labelId: string | null;
      lists: string[];
      name: string;
      senders: string[];
      urgencies: string[];
    };
    RuleListDto: {
      data: components['schemas']['RuleDto'][];
    };
    RuleMatchDto: {
      category: string;
      emailId: string;
      listId: string | null;
      sender: string | null;
      urgency: string;
    };
    RunDto: {
      connectionId: string | null;
      /** Format: date-time */
      createdAt: string;
      /** @description Mails the walk found that were new; null until it is done. */
      discovered: number | null;
      /** Format: date-time */
      finishedAt: string | null;
      id: string;
      mails: components['schemas']['JobCountsDto'];
      reasonCode: string | null;
      /** @description True when the walk is over and no mail of it is queued or running. */
      settled: boolean;
      /** Format: date-time */
      startedAt: string | null;
      /**
       * @description State of the walk through the mailbox; mails are summarised while it goes on and after it.
       * @enum {string}
       */
      state: 'cancelled' | 'done' | 'failed' | 'queued' | 'running';
      /** @enum {string} */
      trigger: 'push' | 'schedule' | 'system' | 'user';
    };
    SessionDto: {
      /** Format: date-time */
      createdAt: string;
      /** @description Whether this very call came from it. */
      current: boolean;
      /** @description What the device called itself when it signed in. */
      device: string | null;
      /**
       * Format: date-time
       * @description When it ends, however busy it is.
       */
      expiresAt: string;
      /** Format: uuid */
      id: string;
      /** @description Address it was last used from. */
      ipAddress: string | null;
      /** Format: date-time */
      lastUsedAt: string;
    };
    SignedInDto: {
      tokens: components['schemas']['TokensDto'];
      user: components['schemas']['AccountDto'];
    };
    StartedRunDto: {
      connectionId: string;
      /** @description The run to follow under `/api/jobs/runs/{runId}`. */
      runId: string;
    };
    StartedSyncDto: {
      runs: components['schemas']['StartedRunDto'][];
    };
    StartGoogleSignInDto: {
      /** @description Page that takes the code, one of RETURN_URLS and registered at Google; the console when left out. */
      redirectUri?: string;
    };
    StartSyncDto: {
      /**
       * Format: uuid
       * @description The mailbox to read; every connected one when absent.
       */
      connectionId?: string;
      /** @description Most credits the run of each mailbox may take; mails beyond it are left out for good. */
      maxCredits?: number;
      /** @description Most mails a first backfill takes, newest first. */
      maxMails?: number;
    };
    SummaryCostDto: {
      /** @description Millionths of a US dollar. */
      costMicros: number;
      inputTokens: number;
      /** @description As the vendor names it. */
      model: string;
      outputTokens: number;
    };
    SummaryDto: {
      actionItems: components['schemas']['ActionItemDto'][];
      /** @enum {string} */
      category:
        | 'calendar'
        | 'finance'
        | 'newsletter'
        | 'notification'
        | 'other'
        | 'personal'
        | 'promotion'
        | 'receipt'
        | 'security'
        | 'shipping'
        | 'social'
        | 'spam'
        | 'support'
        | 'travel'
        | 'work';
      /** @description 0 to 1. */
      confidence: number;
      connectionId: string;
      cost: components['schemas']['SummaryCostDto'];
      /** Format: date-time */
      createdAt: string;
      emailId: string;
      feedback: components['schemas']['FeedbackDto'] | null;
      gmailMessageId: string;
      gmailThreadId: string;
      headline: string;
      /** @description Only in the answer to a search. */
      highlights?: components['schemas']['HighlightDto'][];
      id: string;
      keyPoints: string[];
      /** @description BCP 47 tag of the summary's language. */
      language: string;
      people: components['schemas']['PersonDto'][];
      /** Format: date-time */
      receivedAt: string;
      sender: string;
      subject: string;
      summary: string;
      /** @enum {string} */
      urgency: 'critical' | 'high' | 'low' | 'normal';
    };
    SummaryPage: {
      data: components['schemas']['SummaryDto'][];
      /** @description Give it as `cursor` to get the next page. */
      nextCursor: string | null;
    };
    SyncQuoteDto: {
      /** @description Credits free to spend now. */
      available: number;
      /** @description Most credits the sync may take, as asked for; null without a cap. */
      cap: number | null;
      /** @description False when there are more mails than a quote counts. */
      complete: boolean;
      /** @description Mails that the balance pays for. */
      covered: number;
      /** @description Credits it takes at most: one a mail, and never more than the cap. */
      credits: number;
      /** @description Mails that the sync would summarise. */
      mails: number;
      /** @description Mails that would wait for credits. */
      waiting: number;
    };
    TokensDto: {
      /** @description JWT; send it as `Authorization: Bearer`. */
      accessToken: string;
      /**
       * @description Seconds until the access token expires.
       * @example 600
       */
      expiresInSeconds: number;
      /** @description Opaque and good for one use: a refresh answers with the next one. */
      refreshToken: string;
    };
    TopUpDto: {
      /** @description Most automatic purchases in one day (UTC). */
      dailyCap: number;
      enabled: boolean;
      /** @description Whether a payment method is saved; buy once with `savePaymentMethod` to save one. */
      hasPaymentMethod: boolean;
      packageId: string | null;
      /**
       * @description Why the last automatic purchase failed, such as `authentication_required` or `card_declined`. None is tried until
       *     you save these settings, or a payment method, again.
       */
      problem: string | null;
      /** @description Credits at or below which the balance counts as low. */
      threshold: number;
    };
    TrailEntryDto: {
      /** @example auth.signed-in */
      action: string;
      /**
       * @description Who did it.
       * @enum {string}
       */
      actor: 'admin' | 'service' | 'system' | 'user';
      /** @description What changed; secrets are left out. */
      changes: {
        [key: string]: unknown;
      };
      /** Format: uuid */
      id: string;
      ipAddress: string | null;
      /** Format: date-time */
      occurredAt: string;
      requestId: string | null;
      targetId: string | null;
      targetType: string | null;
    };
    TrailPage: {
      data: components['schemas']['TrailEntryDto'][];
      /** @description Give it as `cursor` to get the next page. */
      nextCursor: string | null;
    };
    TransactionDto: {
      /** @description The balance after this line, held credits included. */
      balanceAfter: number;
      /** Format: date-time */
      createdAt: string;
      /** @description Change of the balance in credits. */
      credits: number;
      /** @description The mail that was charged for. */
      emailId: string | null;
      /** @description Change of the held credits. */
      held: number;
      heldAfter: number;
      kind: string;
      reason: string | null;
      /** @description Counts this wallet's lines from 1, without a gap. */
      seq: number;
      /** @description Where the credits came from: purchase, welcome, promotion or adjustment. */
      source: string;
    };
    TransactionPage: {
      data: components['schemas']['TransactionDto'][];
      /** @description Give it as `cursor` to get the next page. */
      nextCursor: string | null;
    };
    UpdateProfileDto: {
      /** @example Ada Lovelace */
      name?: string;
      preferences?: components['schemas']['PreferencesDto'];
    };
    VerifyEmailDto: {
      /** @description The token out of the mail. */
      token: string;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  'admin.refundPurchase': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RefundPurchaseDto'];
      };
    };
    responses: {
      202: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `billing.purchase-used` or `billing.not-refundable` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `billing.payments-disabled`, or Stripe cannot be reached. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'apiKeys.list': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiKeyDto'][];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'apiKeys.create': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateApiKeyDto'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CreatedApiKeyDto'];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `auth.recent-proof-needed`.
       *
       *     The credentials do not allow this.
       */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `auth.too-many-api-keys`. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'apiKeys.revoke': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        keyId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `auth.no-such-api-key`. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'auth.changePassword': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ChangePasswordDto'];
      };
    };
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `auth.wrong-password`.
       *
       *     The credentials do not allow this.
       */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'auth.confirmIdentity': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ConfirmIdentityDto'];
      };
    };
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `auth.wrong-password`.
       *
       *     The credentials do not allow this.
       */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'auth.forgotPassword': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RequestPasswordResetDto'];
      };
    };
    responses: {
      202: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'auth.finishGoogle': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['FinishGoogleSignInDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SignedInDto'];
        };
      };
      /** @description `auth.google-refused`. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `auth.account-suspended`. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `auth.google-not-linked`: sign in with the password. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'auth.startGoogle': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['StartGoogleSignInDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['GoogleSignInDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'auth.login': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['LoginUserDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SignedInDto'];
        };
      };
      /** @description `auth.invalid-credentials`, `auth.second-factor-required`, `auth.wrong-code`. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `auth.account-suspended`. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'auth.logout': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'auth.logoutEverywhere': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'auth.refresh': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RefreshSessionDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TokensDto'];
        };
      };
      /** @description `auth.invalid-refresh-token`: sign in again. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'auth.register': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RegisterUserDto'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RegisteredUserDto'];
        };
      };
      /** @description `auth.email-taken`: an account with this address exists. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'auth.requestVerification': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      202: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'auth.resetPassword': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ResetPasswordDto'];
      };
    };
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'secondFactor.begin': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NewSecondFactorDto'];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `auth.recent-proof-needed`.
       *
       *     The credentials do not allow this.
       */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `auth.second-factor-enabled`. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'secondFactor.confirm': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CodeDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RecoveryCodesDto'];
        };
      };
      /**
       * @description `auth.wrong-code`.
       *
       *     No valid credentials.
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `auth.no-second-factor`. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'secondFactor.disable': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DisableSecondFactorDto'];
      };
    };
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /**
       * @description `auth.wrong-code`.
       *
       *     No valid credentials.
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `auth.wrong-password`, `auth.recent-proof-needed`.
       *
       *     The credentials do not allow this.
       */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'secondFactor.renewRecoveryCodes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CodeDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RecoveryCodesDto'];
        };
      };
      /**
       * @description `auth.wrong-code`.
       *
       *     No valid credentials.
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `auth.no-second-factor`. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'sessions.list': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionDto'][];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'sessions.revoke': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `auth.no-such-session`. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'auth.verifyEmail': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['VerifyEmailDto'];
      };
    };
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'billing.balance': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BalanceDto'];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'billing.history': {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before. */
        cursor?: string;
        /** @description Only lines of this kind. */
        kind?: 'dispute' | 'payment_failed' | 'purchase' | 'refund' | 'statement';
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['HistoryPage'];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'billing.exportStatement': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        month: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
        };
      };
      /** @description `billing.bad-month` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'billing.packages': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PackagesDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `billing.payments-disabled`, or Stripe cannot be reached. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'billing.payment': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PaymentDto'];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `billing.payment-not-found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `billing.payments-disabled`, or Stripe cannot be reached. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'billing.purchase': {
    parameters: {
      query?: never;
      header: {
        /** @description Your own name for this purchase: the same key and body get the same answer. */
        'Idempotency-Key': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PurchaseDto'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PurchasedDto'];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `billing.idempotency-key-reused`: this key came with another body before. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `billing.payments-disabled`, or Stripe cannot be reached. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'billing.topUp': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TopUpDto'];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `billing.payments-disabled`, or Stripe cannot be reached. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'billing.configureTopUp': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ConfigureTopUpDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TopUpDto'];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `billing.no-payment-method`: no card is saved. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `billing.unknown-package` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `billing.payments-disabled`, or Stripe cannot be reached. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'billing.transactions': {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before. */
        cursor?: string;
        /** @description Only from this instant on, ISO 8601. */
        from?: string;
        /** @description Only these kinds, comma separated: grant, hold, capture, release, expire, clawback, clawback_reversal, adjust. */
        kind?: (
          'adjust' | 'capture' | 'clawback' | 'clawback_reversal' | 'expire' | 'grant' | 'hold' | 'release'
        )[];
        limit?: number;
        /** @description Only before this instant, ISO 8601. */
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TransactionPage'];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'billing.webhook': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          [key: string]: unknown;
        };
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReceivedEventDto'];
        };
      };
      /** @description `billing.webhook-signature`, `billing.webhook-mode` or `billing.webhook-account` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description An event of more than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `billing.payments-disabled`, or Stripe cannot be reached. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'dashboard.get': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DashboardDto'];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'email.actions': {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before. */
        cursor?: string;
        limit?: number;
        /** @description Only the actions of this request. */
        requestId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MailActionPageDto'];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'email.act': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ActOnMailsDto'];
      };
    };
    responses: {
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ActionsRecordedDto'];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `gmail.email-unknown` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'email.undo': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RecordedActionDto'];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `gmail.action-unknown` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `gmail.action-not-undoable` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'summaries.digest': {
    parameters: {
      query: {
        /** @description Calendar day (YYYY-MM-DD) on which the mails were received. */
        day: string;
        /** @description IANA name of the time zone whose day is meant. Default UTC. */
        timeZone: components['schemas']['Object'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DigestDto'];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'gmail.quote': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['QuoteSyncDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SyncQuoteDto'];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'email.rules': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RuleListDto'];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'email.createRule': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateRuleDto'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RuleDto'];
        };
      };
      /** @description `gmail.rule-without-condition` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `gmail.too-many-rules` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'email.deleteRule': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `gmail.rule-unknown` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'email.enableRule': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['EnableRuleDto'];
      };
    };
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `gmail.rule-unknown` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'email.dryRunRule': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RuleBodyDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DryRunDto'];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'summaries.list': {
    parameters: {
      query?: {
        /** @description Only mails of this kind. */
        category?:
          | 'calendar'
          | 'finance'
          | 'newsletter'
          | 'notification'
          | 'other'
          | 'personal'
          | 'promotion'
          | 'receipt'
          | 'security'
          | 'shipping'
          | 'social'
          | 'spam'
          | 'support'
          | 'travel'
          | 'work';
        /** @description Only mails of this mailbox. */
        connectionId?: string;
        /** @description `nextCursor` of the page before. */
        cursor?: string;
        /** @description Only mails received at this instant (ISO 8601) or later. */
        from?: string;
        limit?: number;
        /**
         * @description Words to search for in headline, subject, sender, summary, key points and people. Beginnings of words count; `"…"`
         *     asks for a phrase, `or` for either, `-` before a word for its absence. The best matches come first, with `highlights`.
         */
        q?: string;
        /** @description Only mails whose sender's name or address holds this text, in any case. */
        sender?: string;
        /** @description Only mails received before this instant (ISO 8601). */
        to?: string;
        /** @description Only mails that were unread, or only mails that were read, when they were found in the mailbox. */
        unread?: boolean;
        /** @description Only mails this urgent. */
        urgency?: 'critical' | 'high' | 'low' | 'normal';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SummaryPage'];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'summaries.get': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        summaryId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SummaryDto'];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `email.summary-not-found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'summaries.giveFeedback': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        summaryId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['GiveFeedbackDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FeedbackDto'];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `email.summary-not-found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'gmail.callback': {
    parameters: {
      query: {
        /** @description Present when the person agreed. */
        code?: string;
        /** @description Present when the person or Google refused. */
        error?: string;
        state: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConnectedDto'];
        };
      };
      /** @description To the return address, with `gmail=connected` or `gmail=failed&code=…`. */
      302: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `gmail.state-unknown` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `gmail.consent-denied`, `gmail.scope-missing` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `gmail.consent-expired`, `gmail.no-lasting-access` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'gmail.connections': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConnectionListDto'];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'gmail.connect': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ConnectGmailDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConsentDto'];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'gmail.connection': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConnectionDetailDto'];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `gmail.connection-unknown` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'gmail.disconnect': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `gmail.connection-unknown` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'gmail.configure': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ConfigureConnectionDto'];
      };
    };
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `gmail.connection-unknown` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `gmail.status-conflict` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'gmail.labels': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LabelListDto'];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `gmail.connection-unknown` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `gmail.needs-reauth`, `gmail.not-connected` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'gmail.push': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          [key: string]: unknown;
        };
      };
    };
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `gmail.push-refused` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'gmail.sync': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['StartSyncDto'];
      };
    };
    responses: {
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['StartedSyncDto'];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'jobs.list': {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before. */
        cursor?: string;
        limit?: number;
        /** @description Only jobs of this run. */
        runId?: string;
        /** @description Only jobs in this state. */
        state?: 'awaiting_credits' | 'cancelled' | 'done' | 'failed' | 'queued' | 'running' | 'skipped';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['JobPage'];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'runs.get': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        runId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunDto'];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'users.me': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AccountDto'];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'users.delete': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `auth.recent-proof-needed`.
       *
       *     The credentials do not allow this.
       */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'users.update': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UpdateProfileDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AccountDto'];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'users.auditTrail': {
    parameters: {
      query?: {
        /** @description `nextCursor` of the page before. */
        cursor?: string;
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TrailPage'];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description The credentials do not allow this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'users.export': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MyDataDto'];
        };
      };
      /** @description No valid credentials. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `auth.recent-proof-needed`.
       *
       *     The credentials do not allow this.
       */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'health.live': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['HealthDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'health.ready': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['HealthDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `health.not-ready`: what is missing stands in `detail`. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  'health.startup': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['HealthDto'];
        };
      };
      /** @description Too many calls: see Retry-After. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `health.not-ready`: what is missing stands in `detail`. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
}
