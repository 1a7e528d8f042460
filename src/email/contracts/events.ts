import { type DomainEvent, Event } from '../../kernel/cqrs/domain-event';

/** A summary is stored: its credit is due. */
@Event('email.summary-stored.v1', 'emailId')
export class SummaryStored implements DomainEvent {
  constructor(
    readonly userId: string,
    readonly emailId: string,
    readonly summaryId: string,
  ) {}
}

/** There is nothing in the mail to summarise; it costs nothing. */
@Event('email.summary-skipped.v1', 'emailId')
export class SummarySkipped implements DomainEvent {
  constructor(
    readonly userId: string,
    readonly emailId: string,
    readonly reasonCode: string,
  ) {}
}

/** No summary will come of this mail (failed for good, or cancelled); it costs nothing. */
@Event('email.summary-failed.v1', 'emailId')
export class SummaryFailed implements DomainEvent {
  constructor(
    readonly userId: string,
    readonly emailId: string,
    readonly reasonCode: string,
  ) {}
}
