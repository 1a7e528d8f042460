import { DomainError } from '../kernel/errors/domain-error';

export function unknownEndpoint(): DomainError {
  return new DomainError('not-found', 'webhooks.endpoint-unknown', 'There is no such webhook endpoint');
}

export function unknownDelivery(): DomainError {
  return new DomainError('not-found', 'webhooks.delivery-unknown', 'There is no such webhook delivery');
}

/** Nothing is sent to an endpoint that is disabled. */
export function disabledEndpoint(): DomainError {
  return new DomainError('conflict', 'webhooks.endpoint-disabled', 'Enable the webhook endpoint first');
}

/** What an audit row is about. */
export function endpointTarget(userId: string, targetId: string) {
  return { targetType: 'webhook-endpoint', targetId, userId };
}
