import { Injectable } from '@nestjs/common';
import { Prisma } from '../database/generated/client';
import { UnitOfWork } from '../database/unit-of-work';

/** A block that was appended. */
export interface SealedBlock {
  seq: bigint;
  hash: Uint8Array;
  rows: number;
}

/** A block as it is stored, and what its hash must be. */
export interface StoredBlock {
  seq: bigint;
  previous: Uint8Array;
  hash: Uint8Array;
  expected: Uint8Array;
  rows: number;
}

/** A row that is not what its block says. */
export interface MisfitRow {
  seq: bigint;
  id: string;
  fault: 'missing' | 'changed' | 'reordered' | 'address changed';
}

/** Rows that come this much later than the head of the chain are still sealed: no transaction lasts as long. */
const latest = Prisma.sql`interval '10 minutes'`;

const microseconds = (time: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(extract(epoch from ${time}) * 1000000)::bigint`;

/**
 * What is hashed of row `a`: a JSON array of everything but the address, which may be erased; its commitment stands for it.
 * jsonb has one text for one value whatever was written, and times are numbers, so no setting of a session changes it.
 */
const rowDigest = Prisma.sql`sha256(convert_to(jsonb_build_array(a.id, a.user_id, a.actor_kind, a.actor_id, a.action,
  a.target_type, a.target_id, a.request_id, encode(a.address_digest, 'hex'), a.changes,
  ${microseconds(Prisma.sql`a.occurred_at`)})::text, 'UTF8'))`;

/** @param joined the digests of its rows, one after the other. */
const blockHash = (
  previous: Prisma.Sql,
  seq: Prisma.Sql,
  through: Prisma.Sql,
  joined: Prisma.Sql,
): Prisma.Sql =>
  Prisma.sql`sha256(${previous} || int8send(${seq}) || int8send(${microseconds(through)}) || ${joined})`;

/** The chain of blocks over audit_logs. Every method is a unit of work of its own. */
@Injectable()
export class AuditChainRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /**
   * Appends one block of the oldest rows that stand in none and were begun `settledMs` ago or earlier, so that their
   * transactions are over and no row can still appear before them. Undefined when there are none, or when another process
   * appended on the same head first.
   */
  async seal(settledMs: number, most: number): Promise<SealedBlock | undefined> {
    const [block] = await this.uow.readAsService(
      'seal the audit log',
      () => this.uow.db.$queryRaw<SealedBlock[]>`
        with head as materialized (
          select * from (select seq, hash, through from audit_blocks order by seq desc limit 1) last
          union all
          select 0, decode(repeat('00', 32), 'hex'), '-infinity' where not exists (select from audit_blocks)
        ), sealed as materialized (
          select unnest(b.ids) as id from audit_blocks b, head where b.through >= head.through - ${latest}
        ), rows as (
          select a.id, a.occurred_at, ${rowDigest} as digest from audit_logs a
          where a.occurred_at >= (select through - ${latest} from head)
            and a.occurred_at <= now() - ${settledMs} * interval '1 millisecond'
            and not exists (select from sealed where sealed.id = a.id)
          order by a.occurred_at, a.id limit ${most}
        ), block as (
          select head.seq + 1 as seq, head.hash as previous,
            array_agg(rows.id order by rows.occurred_at, rows.id) as ids,
            array_agg(rows.digest order by rows.occurred_at, rows.id) as digests,
            string_agg(rows.digest, ''::bytea order by rows.occurred_at, rows.id) as joined,
            greatest(head.through, max(rows.occurred_at)) as through
          from head, rows group by head.seq, head.hash, head.through
        )
        insert into audit_blocks (seq, previous, ids, digests, through, hash)
        select seq, previous, ids, digests, through,
          ${blockHash(Prisma.sql`previous`, Prisma.sql`seq`, Prisma.sql`through`, Prisma.sql`joined`)} from block
        on conflict (seq) do nothing
        returning seq, hash, cardinality(ids) as rows`,
    );
    return block;
  }

  async head(): Promise<Pick<StoredBlock, 'seq' | 'hash'> | undefined> {
    const [head] = await this.uow.readAsService(
      'tell the head of the audit log',
      () => this.uow.db.$queryRaw<Pick<StoredBlock, 'seq' | 'hash'>[]>`
        select seq, hash from audit_blocks order by seq desc limit 1`,
    );
    return head;
  }

  /** Blocks behind `after`, in their order. */
  blocks(after: bigint, most: number): Promise<StoredBlock[]> {
    return this.uow.readAsService(
      'verify the audit log',
      () => this.uow.db.$queryRaw<StoredBlock[]>`
        select b.seq, b.previous, b.hash, cardinality(b.ids) as rows,
          ${blockHash(Prisma.sql`b.previous`, Prisma.sql`b.seq`, Prisma.sql`b.through`, Prisma.sql`d.joined`)} as expected
        from audit_blocks b,
          lateral (select string_agg(digest, ''::bytea order by position) as joined
            from unnest(b.digests) with ordinality m(digest, position)) d
        where b.seq > ${after} order by b.seq limit ${most}`,
    );
  }

  /** Rows of the blocks `from` to `to` that are gone, differ from what was sealed, or stand in another order. */
  misfits(from: bigint, to: bigint): Promise<MisfitRow[]> {
    return this.uow.readAsService(
      'verify the audit log',
      () => this.uow.db.$queryRaw<MisfitRow[]>`
        select * from (
          select b.seq, m.id, m.position, case
            when a.id is null then 'missing'
            when ${rowDigest} is distinct from m.digest then 'changed'
            when a.ip_address is not null
              and a.address_digest is distinct from sha256(a.address_salt || convert_to(a.ip_address, 'UTF8'))
              then 'address changed'
            when (a.occurred_at, a.id) < (lag(a.occurred_at) over w, lag(a.id) over w) then 'reordered'
          end as fault
          from audit_blocks b, lateral unnest(b.ids, b.digests) with ordinality m(id, digest, position)
          left join audit_logs a on a.id = m.id
          where b.seq between ${from} and ${to}
          window w as (partition by b.seq order by m.position)
        ) members
        where fault is not null order by seq, position`,
    );
  }

  /** Rows that stand in no block and are too old ever to come into one: nobody wrote them when they say they were. */
  async strays(most: number): Promise<string[]> {
    const rows = await this.uow.readAsService(
      'verify the audit log',
      () => this.uow.db.$queryRaw<{ id: string }[]>`
        select a.id from audit_logs a
        where a.occurred_at < (select max(through) - ${latest} from audit_blocks)
          and not exists (select from (select unnest(ids) as id from audit_blocks) sealed where sealed.id = a.id)
        order by a.occurred_at, a.id limit ${most}`,
    );
    return rows.map(({ id }) => id);
  }
}
