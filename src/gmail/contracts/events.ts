import { type DomainEvent, Event } from '../../kernel/cqrs/domain-event';

/** A mailbox gave its consent (again) and can be read. */
@Event('gmail.connected.v1', 'connectionId')
export class GmailConnected implements DomainEvent {
  constructor(
    readonly userId: string,
    readonly connectionId: string,
  ) {}
}

/** Mails were found that nobody had seen before; newest first. */
@Event('gmail.emails-discovered.v1', 'connectionId')
export class EmailsDiscovered implements DomainEvent {
  constructor(
    readonly userId: string,
    readonly connectionId: string,
    readonly runId: string | null,
    readonly emailIds: string[],
  ) {}
}

/** Google says that something changed in a mailbox. */
@Event('gmail.mailbox-changed.v1', 'connectionId')
export class MailboxChanged implements DomainEvent {
  constructor(
    readonly userId: string,
    readonly connectionId: string,
  ) {}
}

/** Google refuses the stored consent; only the user can mend it. */
@Event('gmail.connection-needs-reauth.v1', 'connectionId')
export class ConnectionNeedsReauth implements DomainEvent {
  constructor(
    readonly userId: string,
    readonly connectionId: string,
    readonly reasonCode: string,
  ) {}
}

/** A connected mailbox has not been read for too long, or keeps failing. */
@Event('gmail.connection-stalled.v1', 'connectionId')
export class ConnectionStalled implements DomainEvent {
  constructor(
    readonly userId: string,
    readonly connectionId: string,
  ) {}
}

/** Actions on mails were recorded and have to reach Gmail, or have to be taken back there. */
@Event('gmail.actions-requested.v1')
export class ActionsRequested implements DomainEvent {
  constructor(
    readonly userId: string,
    readonly actionIds: string[],
  ) {}
}
