import { DomainError } from '../../kernel/errors/domain-error';
import type { SystemConfig } from '../../kernel/system-config/system-config';
import { signupsEnabled } from '../auth.settings';

/** @throws DomainError `auth.signups-closed` (forbidden) while no account may be opened. */
export function assertSignupsOpen(config: SystemConfig): void {
  if (!config.get(signupsEnabled))
    throw new DomainError('forbidden', 'auth.signups-closed', 'No new accounts are opened at the moment.');
}
