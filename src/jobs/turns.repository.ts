import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import type { PausedLane } from './contracts';
import type { Pause } from './domain/lanes';
import type { TenantClass } from './domain/turns';

/** A user as the dispatcher sees them. */
export interface Standing {
  class: TenantClass;
  pausedAt: Date | null;
}

/** Who may be served and what may be called: `dispatch_tenants` and `dispatch_lanes`. */
@Injectable()
export class TurnsRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** True when the user was not paused before. */
  async pause(userId: string): Promise<boolean> {
    const changed = await this.uow.db.$executeRaw`
      insert into dispatch_tenants as t (user_id, paused_at) values (${userId}::uuid, now())
      on conflict (user_id) do update set paused_at = now() where t.paused_at is null`;
    return changed === 1;
  }

  /** True when the user was paused. */
  async resume(userId: string): Promise<boolean> {
    const changed = await this.uow.db.$executeRaw`
      update dispatch_tenants set paused_at = null where user_id = ${userId}::uuid and paused_at is not null`;
    return changed === 1;
  }

  async raiseToPaying(userId: string): Promise<void> {
    await this.uow.db.$executeRaw`
      insert into dispatch_tenants as t (user_id, class) values (${userId}::uuid, 'paying')
      on conflict (user_id) do update set class = 'paying' where t.class <> 'paying'`;
  }

  async standingOf(userId: string): Promise<Standing> {
    const [row] = await this.uow.db.$queryRaw<Standing[]>`
      select class, paused_at as "pausedAt" from dispatch_tenants where user_id = ${userId}::uuid`;
    return row ?? { class: 'trial', pausedAt: null };
  }

  /** Closes a lane, or keeps it closed for longer; answers whether it was open. */
  async close({ lane, forMs, reasonCode }: Pause): Promise<boolean> {
    const [row] = await this.uow.db.$queryRaw<{ opened: boolean }[]>`
      insert into dispatch_lanes as l (lane, paused_until, reason_code)
      values (${lane}, now() + ${forMs} * interval '1 millisecond', ${reasonCode})
      on conflict (lane) do update set
        paused_until = greatest(l.paused_until, excluded.paused_until), reason_code = excluded.reason_code,
        pauses = l.pauses + (l.paused_until <= now())::int,
        paused_at = case when l.paused_until <= now() then now() else l.paused_at end
      returning paused_at = now() as opened`;
    return row?.opened ?? false;
  }

  /** Lanes that are closed now; of all, or of those that are named. */
  async closedLanes(lanes?: string[]): Promise<PausedLane[]> {
    return this.uow.db.$queryRaw<PausedLane[]>`
      select lane, paused_at as "pausedAt", paused_until as "pausedUntil", reason_code as "reasonCode" from dispatch_lanes
      where paused_until > now() and (${lanes ?? null}::text[] is null or lane = any(${lanes ?? null}::text[]))
      order by lane`;
  }

  /** Forgets lanes that have been open for a day. */
  async forgetOldLanes(): Promise<number> {
    return this.uow.db.$executeRaw`delete from dispatch_lanes where paused_until < now() - interval '1 day'`;
  }
}
