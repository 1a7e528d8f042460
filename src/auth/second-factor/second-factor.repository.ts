import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { UnitOfWork } from '../../kernel/database/unit-of-work';

type Bytes = Uint8Array<ArrayBuffer>;

/** A user's authenticator app as it is stored; the secret is encrypted. */
export interface SecondFactorRow {
  secret: Uint8Array;
  confirmedAt: Date | null;
}

/** Authenticator apps and recovery codes. Every method joins the ambient unit of work (service). */
@Injectable()
export class SecondFactorRepository {
  constructor(private readonly uow: UnitOfWork) {}

  find(userId: string): Promise<SecondFactorRow | null> {
    return this.uow.db.secondFactor.findFirst({
      where: { userId },
      select: { secret: true, confirmedAt: true },
    });
  }

  /** Stores a secret that is not confirmed yet; answers false, and changes nothing, when one is confirmed already. */
  async begin(userId: string, secret: Bytes): Promise<boolean> {
    const count = await this.uow.db.$executeRaw`
      insert into second_factors as f (user_id, secret) values (${userId}::uuid, ${secret})
      on conflict (user_id) do update set secret = excluded.secret, last_step = 0 where f.confirmed_at is null`;
    return count > 0;
  }

  async confirm(userId: string): Promise<void> {
    await this.uow.db.secondFactor.update({ where: { userId }, data: { confirmedAt: new Date() } });
  }

  /** Takes a time step; false when it, or a later one, was taken before. */
  async takeStep(userId: string, step: number): Promise<boolean> {
    const { count } = await this.uow.db.secondFactor.updateMany({
      where: { userId, lastStep: { lt: step } },
      data: { lastStep: step },
    });
    return count > 0;
  }

  async replaceRecoveryCodes(userId: string, hashes: Bytes[]): Promise<void> {
    await this.uow.db.recoveryCode.deleteMany({ where: { userId } });
    await this.uow.db.recoveryCode.createMany({
      data: hashes.map((codeHash) => ({ id: uuidv7(), userId, codeHash })),
    });
  }

  /** Uses a recovery code up; false when there is no such unused one. */
  async takeRecoveryCode(userId: string, codeHash: Bytes): Promise<boolean> {
    const { count } = await this.uow.db.recoveryCode.updateMany({
      where: { userId, codeHash, usedAt: null },
      data: { usedAt: new Date() },
    });
    return count > 0;
  }

  /** At most `limit` stored secrets behind the user `after`, in the order of users' ids. */
  listSecrets(after: string | undefined, limit: number): Promise<{ userId: string; secret: Uint8Array }[]> {
    return this.uow.db.secondFactor.findMany({
      where: after === undefined ? {} : { userId: { gt: after } },
      orderBy: { userId: 'asc' },
      take: limit,
      select: { userId: true, secret: true },
    });
  }

  /** Compare and swap: false when another secret is stored by now. */
  async replaceSecret(userId: string, old: Uint8Array, rewrapped: Bytes): Promise<boolean> {
    const { count } = await this.uow.db.secondFactor.updateMany({
      where: { userId, secret: Buffer.from(old) },
      data: { secret: rewrapped },
    });
    return count === 1;
  }

  /** Removes the app and its recovery codes. */
  async remove(userId: string): Promise<void> {
    await this.uow.db.secondFactor.deleteMany({ where: { userId } });
  }
}
