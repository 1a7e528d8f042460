import { type Command, CommandBus } from '@nestjs/cqrs';
import { v7 as uuidv7 } from 'uuid';
import { AuditLog } from '../../../src/kernel/audit/audit-log';
import { createKeyRing } from '../../../src/kernel/crypto/key-ring';
import { TokenCipher } from '../../../src/kernel/crypto/token-cipher';
import { UnitOfWork } from '../../../src/kernel/database/unit-of-work';
import { CreateEndpoint } from '../../../src/webhooks/create-endpoint/create-endpoint.handler';
import { AttemptDelivery } from '../../../src/webhooks/deliver-events/attempt-delivery';
import { DeliverEvents } from '../../../src/webhooks/deliver-events/deliver-events.worker';
import { DisableEndpoints } from '../../../src/webhooks/disable-endpoints/disable-endpoints.handler';
import { EndpointsRepository } from '../../../src/webhooks/endpoints.repository';
import { PurgeDeliveries } from '../../../src/webhooks/purge-deliveries/purge-deliveries.worker';
import { RecordWebhookEvent } from '../../../src/webhooks/record-event/record-webhook-event.handler';
import {
  RewrapWebhookSecrets,
  RewrapWebhookSecretsHandler,
} from '../../../src/webhooks/rewrap-secrets/rewrap-webhook-secrets.handler';
import { RotateSecret } from '../../../src/webhooks/rotate-secret/rotate-secret.handler';
import { SecretVault } from '../../../src/webhooks/secret-vault';
import { type Busy, type ClaimedDelivery, TurnsRepository } from '../../../src/webhooks/turns.repository';
import { SystemConfig } from '../../../src/kernel/system-config/system-config';
import { until } from '../../../sandbox/demo/journey';
import { startTestApp, type TestApp } from '../../support/app';
import { TinyServer } from '../../support/tiny-server';

const nobody: Busy = { endpoints: [], users: [] };
const leaseMs = 30_000;
const [oldKey, newKey] = [Buffer.alloc(32, 7), Buffer.alloc(32, 8)];

describe("webhooks' turns", () => {
  let product: TestApp;
  let receiver: TinyServer;
  let turns: TurnsRepository;
  let attempts: AttemptDelivery;
  beforeAll(async () => {
    receiver = await new TinyServer().start();
    product = await startTestApp({
      worker: false,
      env: { WEBHOOK_TRUSTED_ORIGINS: receiver.url, WEBHOOK_RETRY_SECONDS: '600' },
    });
    [turns, attempts] = [product.app.get(TurnsRepository), product.app.get(AttemptDelivery)];
  });
  beforeEach(async () => {
    receiver.script(() => ({ status: 204 }));
    await product.sql('delete from webhook_endpoints');
  });
  afterAll(async () => {
    await product.close();
    await receiver.stop();
  });

  const run = <T>(command: Command<T>): Promise<T> => product.app.get(CommandBus).execute(command);
  /** A user with an endpoint. */
  async function arrange(path = '/') {
    const userId = uuidv7();
    await product.sql(`insert into users (id, email, name) values ($1, $2, 'Ada')`, [
      userId,
      `${userId}@example.com`,
    ]);
    const url = receiver.url + path;
    const { endpoint, secret } = await run(new CreateEndpoint(userId, { url, eventTypes: ['credits.low'] }));
    const record = (available = 1) =>
      run(
        new RecordWebhookEvent(
          userId,
          'credits.low',
          { id: uuidv7(), at: new Date().toISOString() },
          { available },
        ),
      );
    return { userId, endpointId: endpoint.id, secret, record };
  }
  const rows = () =>
    product.sql<{ state: string; attempts: number; errorCode: string | null; dueInS: number }>(
      `select state, attempts, error_code as "errorCode", extract(epoch from next_attempt_at - now())::int as "dueInS"
       from webhook_deliveries order by id`,
    );
  const endLeases = () => product.sql('update webhook_deliveries set next_attempt_at = now()');
  const claimOne = async (): Promise<ClaimedDelivery> => {
    const [claimed, ...more] = await turns.claim(1, nobody, leaseMs);
    if (!claimed || more.length > 0) throw new Error('One delivery was to be claimed');
    return claimed;
  };

  // Mutants: marking a delivery as sent before it is sent; a lease without an end; a new id for each attempt.
  it('sends again, under the same id, what a worker had sent and not lived to write down', async () => {
    const { record } = await arrange();
    await record();
    const dead = await claimOne();
    const killed = jest.spyOn(turns, 'settle').mockRejectedValueOnce(new Error('killed'));
    await expect(attempts.attempt(dead)).rejects.toThrow('killed');
    killed.mockRestore();
    expect(await turns.claim(10, nobody, leaseMs)).toEqual([]);
    await endLeases();
    await attempts.attempt(await claimOne());
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(ids).toEqual([`msg_${dead.eventId}`, `msg_${dead.eventId}`]);
    expect(await rows()).toMatchObject([{ state: 'delivered', attempts: 2 }]);
  });

  // Mutant: settling by the delivery's id alone, so that a worker that was held still undoes what another has done.
  it('lets no late worker write down what came of an attempt that was made again', async () => {
    const { record } = await arrange();
    await record();
    const late = await claimOne();
    await endLeases();
    await attempts.attempt(await claimOne());
    receiver.script(() => ({ status: 500 }));
    await attempts.attempt(late);
    expect(await rows()).toMatchObject([{ state: 'delivered', attempts: 2 }]);
    expect(await product.sql('select from webhook_attempts')).toHaveLength(1);
  });

  it('waits as the schedule says, and longer when it is asked to', async () => {
    const { record } = await arrange();
    await record();
    receiver.script(() => ({ status: 429, headers: { 'retry-after': '4000' } }));
    await attempts.attempt(await claimOne());
    const [row] = await rows();
    expect(row).toMatchObject({ state: 'pending', errorCode: 'http-error' });
    expect(row?.dueInS).toBeGreaterThan(3_990);
    expect(await turns.claim(1, nobody, leaseMs)).toEqual([]);
  });

  // Mutant: `distinct on (d.user_id)` left out, so that who has most endpoints has most places.
  it('gives each user one turn at a time, and passes those by who are busy', async () => {
    const [long, short] = [await arrange(), await arrange()];
    const url = `${receiver.url}/second`;
    const second = await run(new CreateEndpoint(long.userId, { url, eventTypes: ['credits.low'] }));
    for (let left = 0; left < 3; left++) await long.record(left);
    await short.record();
    const users = async (busy: Busy = nobody) =>
      (await turns.claim(10, busy, leaseMs)).map(({ userId }) => userId).sort();
    expect(await users()).toEqual([long.userId, short.userId].sort());
    expect(await users({ ...nobody, users: [long.userId] })).toEqual([]);
    expect(await users({ ...nobody, endpoints: [long.endpointId, second.endpoint.id] })).toEqual([]);
    expect(await users()).toEqual([long.userId]);
  });

  // Mutant: `for update` without `skip locked` and without a second look at the row: both workers would send it.
  it('is not taken from a worker that takes it at the same moment', async () => {
    const { record } = await arrange();
    await record();
    await product.sql('begin');
    await product.sql(
      `update webhook_deliveries set attempts = 1, next_attempt_at = now() + interval '1 minute'`,
    );
    const claim = turns.claim(5, nobody, leaseMs);
    await new Promise((later) => setTimeout(later, 50));
    await product.sql('commit');
    expect(await claim).toEqual([]);
    expect(await rows()).toMatchObject([{ attempts: 1 }]);
  });

  it('records nothing for whom nobody wants to tell, and nothing for a disabled endpoint', async () => {
    const { userId, record } = await arrange();
    await run(
      new RecordWebhookEvent(userId, 'summary.stored', { id: uuidv7(), at: 'now' }, { emailId: uuidv7() }),
    );
    await record();
    await run(new DisableEndpoints(userId));
    await run(new DisableEndpoints(userId));
    await record();
    expect(await rows()).toMatchObject([{ state: 'failed', errorCode: 'endpoint-disabled' }]);
    const suspended = `select disabled_reason as reason from webhook_endpoints where user_id = $1`;
    expect(await product.sql(suspended, [userId])).toEqual([{ reason: 'account-suspended' }]);
    const rowsOfAudit = `select from audit_logs where user_id = $1 and action = 'webhooks.endpoint-disabled'`;
    expect(await product.sql(rowsOfAudit, [userId])).toHaveLength(1);
  });

  // Mutant: an endpoint disabled by one failed round though others of its deliveries got through.
  it('leaves an endpoint alone that took something else meanwhile', async () => {
    const { record, endpointId } = await arrange();
    await record();
    receiver.script(() => ({ status: 500 }));
    await attempts.attempt(await claimOne());
    await product.sql('update webhook_endpoints set last_succeeded_at = clock_timestamp()');
    await endLeases();
    await attempts.attempt(await claimOne());
    expect(await rows()).toMatchObject([{ state: 'failed', attempts: 2 }]);
    const disabled = 'select from webhook_endpoints where id = $1 and disabled_at is not null';
    expect(await product.sql(disabled, [endpointId])).toEqual([]);
  });

  it('goes on with other webhooks when one cannot be signed', async () => {
    const { record } = await arrange();
    await record();
    await product.sql(`update webhook_endpoints set secret_cipher = '\\x01'`);
    await attempts.attempt(await claimOne());
    expect(await rows()).toMatchObject([{ state: 'pending', errorCode: 'not-signed' }]);
    expect(receiver.received).toEqual([]);
  });

  // Mutants: purging by age alone, so that a waiting delivery is lost; a purge that leaves the attempts.
  it('forgets deliveries a month after their end, and those that wait never', async () => {
    const { record } = await arrange();
    for (let left = 0; left < 3; left++) await record(left);
    await attempts.attempt(await claimOne());
    await attempts.attempt(await claimOne());
    await product.sql(`update webhook_deliveries set created_at = now() - interval '90 days'`);
    await product.sql(`update webhook_deliveries set finished_at = now() - interval '31 days' where id =
      (select id from webhook_deliveries where state = 'delivered' order by id limit 1)`);
    expect(await product.app.get(PurgeDeliveries).purge()).toBe(false);
    expect((await rows()).map(({ state }) => state).sort()).toEqual(['delivered', 'pending']);
    expect(await product.sql('select from webhook_attempts')).toHaveLength(1);
  });

  it('sends none while they are turned off, and begins by itself when something is due', async () => {
    const { record } = await arrange();
    const config = product.app.get(SystemConfig);
    const set = async (value: string) => {
      await product.sql(
        `insert into system_config (key, value) values ('webhooks.enabled', $1)
         on conflict (key) do update set value = excluded.value`,
        [value],
      );
      await config.refresh();
    };
    const worker = product.app.get(DeliverEvents);
    await set('false');
    worker.start();
    try {
      await record();
      await new Promise((later) => setTimeout(later, 50));
      expect(await rows()).toMatchObject([{ state: 'pending', attempts: 0 }]);
      await set('true');
      await record(2);
      await until(async () => (await rows()).every(({ state }) => state === 'delivered'), 'both deliveries');
      const broken = jest
        .spyOn(attempts, 'attempt')
        .mockRejectedValueOnce(new Error('the database went away'));
      await record(3);
      await until(() => Promise.resolve(broken.mock.calls.length > 0), 'an attempt that fails');
      broken.mockRestore();
    } finally {
      await worker.stop();
    }
    expect(await rows()).toMatchObject([{}, {}, { state: 'pending', attempts: 1 }]);
  });

  // Mutant: a rotation that passes the second column by, so that the old key leaves the ring too early.
  it('keeps both secrets readable when the key ring turns', async () => {
    const { userId, endpointId, secret } = await arrange();
    const { secret: fresh } = await run(new RotateSecret(userId, endpointId));
    const [uow, endpoints] = [product.app.get(UnitOfWork), product.app.get(EndpointsRepository)];
    const ring = createKeyRing('v2', { v1: oldKey, v2: newKey });
    const vault = new SecretVault(new TokenCipher(ring));
    const rewrap = new RewrapWebhookSecretsHandler(uow, endpoints, vault, product.app.get(AuditLog));
    expect(await rewrap.execute(new RewrapWebhookSecrets())).toEqual({
      seen: 2,
      rewrapped: 2,
      overtaken: 0,
      unreadable: [],
    });
    expect(await rewrap.execute(new RewrapWebhookSecrets())).toMatchObject({ seen: 2, rewrapped: 0 });
    const row = await uow.readAsUser(userId, () => endpoints.find(userId, endpointId));
    const later = new SecretVault(new TokenCipher(createKeyRing('v2', { v2: newKey })));
    expect(row && later.signing(row, new Date())).toEqual([fresh, secret]);
    expect(row && later.signing(row, new Date(Date.now() + 86_500_000))).toEqual([fresh]);
    const moved = row && { ...row, id: uuidv7() };
    expect(() => moved && later.signing(moved, new Date())).toThrow('cannot be decrypted');
  });
});
