import { Injectable } from '@nestjs/common';
import type { Prisma } from '../kernel/database/generated/client';
import { UnitOfWork } from '../kernel/database/unit-of-work';

/** The last time a duty was done: when that round had begun, and what it found. */
export interface DoneDuty {
  beganAt: Date;
  result: Prisma.JsonValue;
}

/** Whose turn it is to do the module's recurring duties. */
@Injectable()
export class ScheduleRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** Takes a duty that last began `everyMs` ago or more; of many workers one gets it. */
  async take(duty: string, everyMs: number): Promise<boolean> {
    const taken = await this.uow.db.$executeRaw`
      insert into billing_schedule as s (duty, began_at) values (${duty}, now())
      on conflict (duty) do update set began_at = now()
      where s.began_at <= now() - ${everyMs} * interval '1 millisecond'`;
    return taken > 0;
  }

  /** Notes that the round that began at `beganAt` was brought to its end. */
  async finish(duty: string, beganAt: Date, result: Prisma.InputJsonValue): Promise<void> {
    const data = { doneAt: beganAt, result };
    await this.uow.db.billingSchedule.upsert({
      where: { duty },
      create: { duty, beganAt, ...data },
      update: data,
    });
  }

  async lastDone(duty: string): Promise<DoneDuty | undefined> {
    const row = await this.uow.db.billingSchedule.findFirst({ where: { duty } });
    return row?.doneAt ? { beganAt: row.doneAt, result: row.result } : undefined;
  }
}
