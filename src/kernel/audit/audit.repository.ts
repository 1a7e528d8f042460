import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Prisma } from '../database/generated/client';
import { UnitOfWork } from '../database/unit-of-work';

type NewRow = Omit<Prisma.AuditLogCreateManyInput, 'addressSalt' | 'addressDigest'>;

/** The one writer of audit_logs, in the ambient unit of work. */
@Injectable()
export class AuditRepository {
  constructor(private readonly uow: UnitOfWork) {}

  async append(row: NewRow): Promise<void> {
    await this.uow.db.auditLog.createMany({ data: { ...row, ...commitmentTo(row.ipAddress) } });
  }

  /** Erases the addresses of what a user did, and of what was done in the user's trail (service). */
  async eraseAddressesOf(userId: string): Promise<void> {
    await this.uow.db.$executeRaw`
      update audit_logs set ip_address = null, address_salt = null
      where (user_id = ${userId}::uuid or actor_id = ${userId}::uuid) and ip_address is not null`;
  }

  /** Erases the addresses of everything that was done before (service). */
  async eraseAddressesBefore(time: Date): Promise<void> {
    await this.uow.db.$executeRaw`
      update audit_logs set ip_address = null, address_salt = null
      where occurred_at < ${time} and ip_address is not null`;
  }
}

/** What stays of an address that is erased: it proves what the address was only to who still has it, salt included. */
function commitmentTo(
  address: string | null | undefined,
): Pick<Prisma.AuditLogCreateManyInput, 'addressSalt' | 'addressDigest'> {
  if (address === null || address === undefined) return {};
  const addressSalt = Uint8Array.from(randomBytes(16));
  const addressDigest = Uint8Array.from(createHash('sha256').update(addressSalt).update(address).digest());
  return { addressSalt, addressDigest };
}
