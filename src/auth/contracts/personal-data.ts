import { Query } from '@nestjs/cqrs';

/** What one module holds about a user, section by section: plain JSON, without secrets and without internals. */
export type PersonalData = Record<string, unknown>;

/** Asks one module for everything it holds about a user. The module that is named handles it. */
abstract class GetPersonalData extends Query<PersonalData> {
  constructor(readonly userId: string) {
    super();
  }
}

/** Connections and their history; handled by gmail. */
export class GetGmailPersonalData extends GetPersonalData {}

/** Summaries; handled by email. */
export class GetEmailPersonalData extends GetPersonalData {}

/** Wallet, ledger, payments and statements; handled by billing. */
export class GetBillingPersonalData extends GetPersonalData {}

/** Runs and jobs; handled by jobs. */
export class GetJobsPersonalData extends GetPersonalData {}
/** Endpoints and what was sent to them; handled by webhooks. */
export class GetWebhooksPersonalData extends GetPersonalData {}
