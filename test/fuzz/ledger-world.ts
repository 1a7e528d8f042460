import { deepStrictEqual } from 'node:assert';
import type { ClientBase } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import {
  recordOutcomes,
  seedMailbox,
  seedPaidPayment,
  type Violation,
  violationsOf,
} from '../support/ledger-fixtures';
import { LedgerModel, wholePrice } from './ledger-model';
import { bounds, type Step } from './ledger-steps';

interface Tenant {
  userId: string;
  emailIds: string[];
  payments: string[];
  paid: Set<number>;
  model: LedgerModel;
  /** What a reader was shown after the last step, and the stamp it stood under. */
  shown: { balance: string; stamp: string } | undefined;
}

/** Takes each step through the real ledger and through the model, and insists that both say the same. */
export class LedgerWorld {
  private readonly tenants: Tenant[] = [];
  private passed = 0;

  private constructor(private readonly db: ClientBase) {}

  /** Fresh wallets in a migrated database; `db` is past row-level security, to arrange and to look. */
  static async create(db: ClientBase): Promise<LedgerWorld> {
    const world = new LedgerWorld(db);
    for (let n = 0; n < bounds.users; n += 1) {
      const mailbox = await seedMailbox(db, bounds.emails);
      const payments = Array.from({ length: bounds.payments }, () => uuidv7());
      world.tenants.push({
        ...mailbox,
        payments,
        paid: new Set(),
        model: new LedgerModel(),
        shown: undefined,
      });
      await db.query('select ledger_open_wallet($1)', [mailbox.userId]);
    }
    return world;
  }

  /** @throws AssertionError when ledger and model differ, in their answer or in what they hold afterwards. */
  async take(step: Step): Promise<void> {
    const tenant = this.tenants[step.user]!;
    await this.act(step, tenant);
    // Time passes without a word of the ledger's.
    if (step.do === 'pass') tenant.shown = undefined;
    for (const touched of step.do === 'sweep' ? this.tenants : [tenant]) await this.compare(touched);
  }

  /** What the database itself finds wrong. */
  violations(): Promise<Violation[]> {
    return violationsOf(this.db);
  }

  private async act(step: Step, tenant: Tenant): Promise<void> {
    const { userId, model, payments } = tenant;
    switch (step.do) {
      case 'buy':
        return this.buy(tenant, step);
      case 'grant': {
        const lot = {
          id: uuidv7(),
          source: step.source,
          sourceRef: `${userId}:${step.ref}`,
          granted: step.credits,
        };
        return this.grant(tenant, { ...lot, priority: step.priority, expiry: step.days });
      }
      case 'hold':
        return this.hold(tenant, step.emails, step.cap);
      case 'capture':
      case 'release':
        return this.resolve(tenant, step.emails, step.do);
      case 'pass':
        return this.pass(tenant, step.days);
      case 'sweep':
        for (const one of this.tenants) one.model.expire();
        await this.db.query('select ledger_expire(1000)');
        return;
      case 'claim': {
        const sourceRef = payments[step.payment]!;
        const ref = `${userId}:${step.ref}`;
        const args = [userId, sourceRef, ref, step.share, wholePrice];
        return this.same(
          model.claim(sourceRef, ref, step.share),
          'ledger_claw_back($1, $2, $3, $4, $5)',
          args,
        );
      }
      case 'reverse': {
        const sourceRef = payments[step.payment]!;
        const ref = `${userId}:${step.ref}`;
        return this.same(model.reverse(sourceRef, ref), 'ledger_reverse_claw_back($1, $2, $3)', [
          userId,
          sourceRef,
          ref,
        ]);
      }
      case 'adjust': {
        const id = uuidv7();
        const key = `${userId}:${step.key}`;
        const args = [userId, id, key, step.credits, 'fuzz'];
        return this.same(model.adjust(id, key, step.credits), 'ledger_adjust($1, $2, $3, $4, $5)', args);
      }
    }
  }

  private async buy(tenant: Tenant, step: Extract<Step, { do: 'buy' }>): Promise<void> {
    const sourceRef = tenant.payments[step.payment]!;
    if (!tenant.paid.has(step.payment))
      await seedPaidPayment(this.db, tenant.userId, step.credits, sourceRef);
    tenant.paid.add(step.payment);
    const lot = { id: uuidv7(), source: 'purchase', sourceRef, granted: step.credits };
    await this.grant(tenant, { ...lot, priority: 10, expiry: step.days });
  }

  private async grant(tenant: Tenant, lot: Parameters<LedgerModel['grant']>[0]): Promise<void> {
    // One clock for all lots of a run: two of the same day expire in the same instant.
    const expiresAt = lot.expiry === null ? null : new Date(Date.UTC(2099, 0, lot.expiry)).toISOString();
    const args = [tenant.userId, lot.id, lot.source, lot.sourceRef, lot.granted, lot.priority, expiresAt];
    await this.same(tenant.model.grant(lot), 'ledger_grant($1, $2, $3, $4, $5, $6, $7)', args);
  }

  private async hold(
    { userId, emailIds, model }: Tenant,
    places: number[],
    cap: number | null,
  ): Promise<void> {
    const emails = places.map((place) => emailIds[place]!);
    const { rows } = await this.db.query<{ id: string }>(
      `select ledger_hold($1, $2, $3, interval '7 days', $4) as id`,
      [userId, emails, emails.map(() => uuidv7()), cap],
    );
    deepStrictEqual(
      rows.map((row) => row.id),
      model.hold(emails, cap),
    );
    await recordOutcomes(this.db, emails);
  }

  private async resolve(tenant: Tenant, places: number[], verb: 'capture' | 'release'): Promise<void> {
    const emails = places.map((place) => tenant.emailIds[place]!);
    const call = verb === 'capture' ? 'ledger_capture($1, $2)' : `ledger_release($1, $2, 'fuzz')`;
    const { rows } = await this.db.query<{ email_id: string; outcome: string }>(`select * from ${call}`, [
      tenant.userId,
      emails,
    ]);
    const actual = Object.fromEntries(rows.map((row) => [row.email_id, row.outcome]));
    deepStrictEqual(actual, Object.fromEntries(tenant.model.resolve(emails, `${verb}d`)));
    await recordOutcomes(this.db, emails);
  }

  /** Every lot of this wallet that has `days` or less to live is past its date from now on. */
  private async pass({ userId, model }: Tenant, days: number): Promise<void> {
    this.passed += 1;
    for (const lot of model.lots)
      if (lot.expiry !== null && lot.expiry > 0 && lot.expiry <= days) lot.expiry = -1e9 + this.passed;
    await this.db.query(
      `update credit_lots set expires_at = now() where user_id = $1 and expires_at > now() and expires_at <= $2`,
      [userId, new Date(Date.UTC(2099, 0, days)).toISOString()],
    );
  }

  private async same(expected: unknown, call: string, args: unknown[]): Promise<void> {
    const { rows } = await this.db.query<{ answer: unknown }>(`select ${call} as answer`, args);
    const answer = rows[0]?.answer;
    deepStrictEqual(typeof expected === 'number' ? Number(answer) : answer, expected, call);
  }

  private async compare(tenant: Tenant): Promise<void> {
    const { userId, model } = tenant;
    const wallets = await this.db.query<{ stamp: string }>(
      'select posted::int, held::int, debt::int, stamp from credit_wallets where user_id = $1',
      [userId],
    );
    const { stamp, ...wallet } = wallets.rows[0]!;
    deepStrictEqual(wallet, { posted: model.posted, held: model.held, debt: model.debt });
    const lots = await this.db.query(
      `select id, (remaining - held)::int as free, held::int, expired::int, taken::int, debt::int from credit_lots
       where user_id = $1 order by id`,
      [userId],
    );
    const expected = [...model.lots]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, free, held, expired, taken, debt }) => ({ id, free, held, expired, taken, debt }));
    deepStrictEqual(
      lots.rows.map((row: object) => ({ ...row })),
      expected,
    );
    const balance = JSON.stringify([wallet, lots.rows]);
    const stands = stamp === tenant.shown?.stamp;
    if (stands)
      deepStrictEqual(balance, tenant.shown?.balance, 'what readers are shown changes with its stamp');
    tenant.shown = { balance, stamp };
  }
}
