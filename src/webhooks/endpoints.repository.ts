import { Injectable } from '@nestjs/common';
import { Prisma, type WebhookEndpoint } from '../kernel/database/generated/client';
import { UnitOfWork } from '../kernel/database/unit-of-work';

export type { WebhookEndpoint };

type Bytes = Uint8Array<ArrayBuffer>;

/** What of an endpoint its owner sets. */
export interface EndpointTerms {
  url: string;
  description: string | null;
  eventTypes: string[];
}

/** All reads and writes of `webhook_endpoints`. Every method joins the ambient unit of work. */
@Injectable()
export class EndpointsRepository {
  constructor(private readonly uow: UnitOfWork) {}

  insert(
    endpoint: EndpointTerms & { id: string; userId: string; secretCipher: Bytes },
  ): Promise<WebhookEndpoint> {
    return this.uow.db.webhookEndpoint.create({ data: endpoint });
  }

  /** Makes endpoints of one user one after the other, so that they can be counted; until the commit. */
  async lockCount(userId: string): Promise<number> {
    await this.uow.db
      .$executeRaw`select pg_advisory_xact_lock(hashtextextended('webhook_endpoints ' || ${userId}, 0))`;
    return this.uow.db.webhookEndpoint.count({ where: { userId } });
  }

  /** The oldest first. */
  list(userId: string): Promise<WebhookEndpoint[]> {
    return this.uow.db.webhookEndpoint.findMany({ where: { userId }, orderBy: { id: 'asc' } });
  }

  find(userId: string, id: string): Promise<WebhookEndpoint | null> {
    return this.uow.db.webhookEndpoint.findFirst({ where: { userId, id } });
  }

  /** The endpoint, locked until the commit: `shared` keeps it enabled, and lets others do the same. */
  async lock(userId: string, id: string, how: 'alone' | 'shared' = 'alone'): Promise<WebhookEndpoint | null> {
    if (how === 'alone')
      await this.uow.db.$executeRaw`
        select from webhook_endpoints where id = ${id}::uuid and user_id = ${userId}::uuid for update`;
    else
      await this.uow.db.$executeRaw`
        select from webhook_endpoints where id = ${id}::uuid and user_id = ${userId}::uuid for share`;
    return this.find(userId, id);
  }

  update(userId: string, id: string, terms: Partial<EndpointTerms>): Promise<unknown> {
    return this.uow.db.webhookEndpoint.updateMany({ where: { userId, id }, data: terms });
  }

  /** The new secret signs from now on, the one before for `graceMs` beside it. */
  async rotate(userId: string, id: string, secret: Bytes, previous: Bytes, until: Date): Promise<void> {
    await this.uow.db.webhookEndpoint.updateMany({
      where: { userId, id },
      data: { secretCipher: secret, previousSecretCipher: previous, previousSecretUntil: until },
    });
  }

  async enable(userId: string, id: string): Promise<void> {
    await this.uow.db.webhookEndpoint.updateMany({
      where: { userId, id },
      data: { disabledAt: null, disabledReason: null },
    });
  }

  /** Disables an endpoint and ends what was on its way to it; false when it is disabled already. */
  async disable(userId: string, id: string, reason: string): Promise<boolean> {
    const disabled = await this.uow.db.$executeRaw`
      update webhook_endpoints set disabled_at = now(), disabled_reason = ${reason}
      where id = ${id}::uuid and user_id = ${userId}::uuid and disabled_at is null`;
    if (disabled === 0) return false;
    await this.uow.db.$executeRaw`
      update webhook_deliveries set state = 'failed', finished_at = now(), error_code = 'endpoint-disabled'
      where endpoint_id = ${id}::uuid and state = 'pending'`;
    return true;
  }

  /** Forgets an endpoint with its log; answers whether there was one. */
  async remove(userId: string, id: string): Promise<boolean> {
    const { count } = await this.uow.db.webhookEndpoint.deleteMany({ where: { userId, id } });
    return count > 0;
  }

  /** Forgets all of a user's endpoints with their logs (service). */
  async removeAll(userId: string): Promise<void> {
    await this.uow.db.webhookEndpoint.deleteMany({ where: { userId } });
  }

  /** Types of events that some endpoint of the user's wants to be told of. */
  async wantedTypes(userId: string): Promise<string[]> {
    const wanted = await this.uow.rows<{ type: string }>(Prisma.sql`
      select distinct unnest(event_types) as type from webhook_endpoints
      where user_id = ${userId}::uuid and disabled_at is null`);
    return wanted.map(({ type }) => type);
  }

  /** The enabled endpoints that want to be told of this, kept as they are until the commit. */
  async lockWanting(userId: string, type: string): Promise<string[]> {
    const rows = await this.uow.db.$queryRaw<{ id: string }[]>`
      select id from webhook_endpoints
      where user_id = ${userId}::uuid and disabled_at is null and ${type} = any(event_types) order by id for share`;
    return rows.map(({ id }) => id);
  }

  async noteSuccess(id: string): Promise<void> {
    await this.uow.db
      .$executeRaw`update webhook_endpoints set last_succeeded_at = now() where id = ${id}::uuid`;
  }

  /** Whether nothing has reached the endpoint since a time. */
  async isSilentSince(id: string, time: Date): Promise<boolean> {
    const reached = await this.uow.db.webhookEndpoint.count({ where: { id, lastSucceededAt: { gt: time } } });
    return reached === 0;
  }

  /** The ciphertexts of at most `limit` endpoints behind `after`, in the order of their ids (service). */
  listSecrets(after: string | undefined, limit: number): Promise<WebhookEndpoint[]> {
    return this.uow.db.webhookEndpoint.findMany({
      where: after === undefined ? {} : { id: { gt: after } },
      orderBy: { id: 'asc' },
      take: limit,
    });
  }

  /** Compare and swap: false when the column holds other bytes by now. */
  async replaceSecret(
    id: string,
    column: 'secretCipher' | 'previousSecretCipher',
    old: Uint8Array,
    rewrapped: Bytes,
  ): Promise<boolean> {
    const { count } = await this.uow.db.webhookEndpoint.updateMany({
      where: { id, [column]: Buffer.from(old) },
      data: { [column]: rewrapped },
    });
    return count === 1;
  }
}
