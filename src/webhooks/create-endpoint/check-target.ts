import { DomainError } from '../../kernel/errors/domain-error';
import { type TargetFault, targetFault } from '../domain/target-url';

const words: Record<TargetFault, string> = {
  'not-a-url': 'it is no URL',
  'not-https': 'it must be https',
  'has-credentials': 'it must hold no user name and no password',
  'has-fragment': 'it must have no fragment',
  'port-not-allowed': 'its port must be 443 or 8443',
  'private-address': 'its address is not one of the public internet',
};

/** @throws DomainError `webhooks.url-refused` (invalid), which says why. */
export function checkTarget(url: string, trusted: readonly string[]): void {
  const fault = targetFault(url, trusted);
  if (!fault) return;
  const message = words[fault];
  throw new DomainError('invalid', 'webhooks.url-refused', `Nothing can be sent to this URL: ${message}.`, {
    faults: [{ path: 'url', message }],
  });
}
