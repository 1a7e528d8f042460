import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { CursorCodec } from '../../kernel/http/cursor';
import { cutPage } from '../../kernel/http/page';
import { AuditTrailRepository, type TrailRow } from '../audit-trail.repository';
import type { TrailEntryDto, TrailPage } from './list-my-trail.dto';

/** A page of what was done to a user's account, or by it, the newest first. */
export class ListMyTrail extends Query<TrailPage> {
  constructor(
    readonly userId: string,
    readonly limit: number,
    readonly cursor?: string,
  ) {
    super();
  }
}

const list = 'auth.trail';

@QueryHandler(ListMyTrail)
export class ListMyTrailHandler implements IQueryHandler<ListMyTrail> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly trail: AuditTrailRepository,
    private readonly cursors: CursorCodec,
  ) {}

  async execute({ userId, limit, cursor }: ListMyTrail): Promise<TrailPage> {
    const before = cursor === undefined ? null : String(this.cursors.decode(list, cursor)[0]);
    const rows = await this.uow.readAsUser(userId, () => this.trail.list(userId, before, limit + 1));
    return cutPage(rows.map(trailEntryDto), limit, this.cursors, list, (entry) => [entry.id]);
  }
}

/** An audit row as the API shows it. */
export function trailEntryDto({ actorKind, changes, occurredAt, ...row }: TrailRow): TrailEntryDto {
  return {
    ...row,
    actor: actorKind,
    changes: changes as Record<string, unknown>,
    occurredAt: occurredAt.toISOString(),
  };
}
