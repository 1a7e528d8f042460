import type { ConnectionView } from '../contracts/queries';
import { isStalled } from '../domain/connection-health';
import { type ConnectionStatus, explain } from '../domain/connection-status';
import type { ConnectionFacts } from '../gmail.repository';

/** A connection as anybody outside may see it: no token, no cursor. */
export function connectionView(row: ConnectionFacts): ConnectionView {
  return {
    id: row.id,
    userId: row.userId,
    emailAddress: row.emailAddress,
    status: row.status as ConnectionStatus,
    statusReason: explain(row.statusReason),
    lastSyncedAt: row.lastSyncedAt?.toISOString() ?? null,
    healthy: row.status === 'connected' ? !isStalled(row, Date.now()) : row.status === 'paused',
  };
}
