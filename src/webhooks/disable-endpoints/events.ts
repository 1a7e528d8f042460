import { type DomainEvent, Event } from '../../kernel/cqrs/domain-event';

/** We stopped sending to an endpoint; its owner did not ask for it. */
@Event('webhooks.endpoint-disabled.v1', 'endpointId')
export class WebhookEndpointDisabled implements DomainEvent {
  constructor(
    readonly userId: string,
    readonly endpointId: string,
    /** `gone` or `unreachable`. */
    readonly reason: string,
  ) {}
}
