import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { fillMailbox } from '../../../sandbox/demo/mailbox';
import { until } from '../../../sandbox/demo/journey';
import { Inbrief, type InbriefProblem, verifyWebhook } from '../../../sdk/src';
import { CreditsLow } from '../../../src/billing/contracts';
import { ConnectionNeedsReauth } from '../../../src/gmail/contracts';
import type { DomainEvent } from '../../../src/kernel/cqrs/domain-event';
import { UnitOfWork } from '../../../src/kernel/database/unit-of-work';
import { Metrics } from '../../../src/kernel/observability/metrics';
import { Samples } from '../../../src/kernel/observability/samples';
import { Outbox } from '../../../src/kernel/outbox/outbox';
import { startTestApp, type TestApp } from '../../support/app';
import { valueOf } from '../../support/metrics-text';
import { noteMail } from '../../support/reader';
import { joinAs, syncAndWait } from '../../support/sdk-journey';
import { type Received, TinyServer } from '../../support/tiny-server';

const password = 'correct-horse-battery-staple';

describe('webhooks', () => {
  let product: TestApp;
  let receiver: TinyServer;
  let silent: TinyServer;

  beforeAll(async () => {
    [receiver, silent] = await Promise.all([new TinyServer().start(), new TinyServer().start()]);
    silent.script(() => new Promise(() => undefined));
    product = await startTestApp({
      env: {
        WEBHOOK_TRUSTED_ORIGINS: `${receiver.url},${silent.url}`,
        WEBHOOK_RETRY_SECONDS: '0,0',
        WEBHOOK_TIMEOUT_MS: '5000',
      },
      settings: { 'webhooks.endpointsPerUser': 3 },
    });
  });
  beforeEach(() => receiver.script(() => ({ status: 204 })));
  afterAll(async () => {
    await Promise.all([receiver.stop(), silent.stop()]);
    await product.close();
  });

  /** Somebody new, and what happens to them. */
  async function arrange() {
    const inbrief = new Inbrief({ baseUrl: product.url });
    const { user } = await inbrief.auth.register({
      email: `${randomUUID()}@example.com`,
      password,
      name: 'Ada',
    });
    const endpointOn = async (path = '/hook', url = receiver.url) =>
      inbrief.webhooks.create({ url: url + path, eventTypes: ['credits.low', 'connection.needs_reauth'] });
    return { inbrief, userId: user.id, endpointOn };
  }

  const happen = (...events: DomainEvent[]): Promise<void> =>
    product.app.get(UnitOfWork).asService('test', () => product.app.get(Outbox).publish(...events));
  const arrived = async (count: number, path = '/hook'): Promise<Received[]> => {
    const there = () => receiver.received.filter((request) => request.path === path);
    await until(() => Promise.resolve(there().length >= count), `${count} webhooks`);
    return there();
  };
  const idsOf = (requests: Received[]): Set<unknown> =>
    new Set(requests.map(({ headers }) => headers['webhook-id']));
  /** The newest delivery of an endpoint, once it has come to this. */
  const settled = async (inbrief: Inbrief, endpointId: string, state: 'delivered' | 'failed') => {
    const list = async () => (await inbrief.webhooks.listDeliveries(endpointId, { state })).data;
    await until(async () => (await list()).length > 0, `a ${state} delivery`);
    return inbrief.webhooks.getDelivery(endpointId, (await list())[0]?.id ?? '');
  };
  /** When every event of a user has had its consequences. */
  const relayed = (userId: string): Promise<void> => {
    const open = 'select from outbox_messages where user_id = $1 and published_at is null';
    return until(async () => (await product.sql(open, [userId])).length === 0, 'the relay');
  };
  const refusedAs = (code: string, status: number): object =>
    expect.objectContaining({ code, status }) as InbriefProblem;

  it('tells of a stored summary: signed, once, and nothing of the mail', async () => {
    const inbrief = new Inbrief({ baseUrl: product.url });
    const email = 'hooked@example.com';
    await fillMailbox(product.google.url, email, [noteMail(1)]);
    await joinAs(inbrief, { email, password }, product.url);
    const { secret, endpoint } = await inbrief.webhooks.create({
      url: `${receiver.url}/hook`,
      eventTypes: ['summary.stored'],
      description: 'Ours',
    });
    await inbrief.webhooks.create({ url: `${receiver.url}/runs`, eventTypes: ['run.finished'] });
    await until(
      async () => (await inbrief.connections.list()).data.some(({ status }) => status === 'connected'),
      'the mailbox',
    );
    const run = await syncAndWait(inbrief);
    const [request, ...more] = await arrived(1);
    expect(more).toEqual([]);
    const { body = '', headers = {} } = request ?? {};
    const { data: summaries } = await inbrief.summaries.list();
    const [summary] = summaries;
    expect(await verifyWebhook(body, headers, secret)).toEqual({
      id: headers['webhook-id'],
      type: 'summary.stored',
      timestamp: expect.stringMatching(/^2\d{3}-.*Z$/) as string,
      data: {
        summaryId: summary?.id,
        emailId: summary?.emailId,
        category: summary?.category,
        urgency: summary?.urgency,
      },
    });
    expect(() => new Webhook(secret).verify(body, headers as Record<string, string>)).not.toThrow();
    expect(body).not.toContain('note');
    const ofRun = (await arrived(1, '/runs')).filter((told) => told.body.includes(run.id));
    expect(ofRun.map((told) => (JSON.parse(told.body) as { data: object }).data)).toMatchObject([
      { runId: run.id, connectionId: run.connectionId, revision: 1, state: 'done' },
    ]);
    await until(
      async () => (await inbrief.webhooks.get(endpoint.id)).lastSucceededAt !== null,
      'its success to be noted',
    );
  });

  it('shows a secret once, and keeps it sealed', async () => {
    const { inbrief, endpointOn } = await arrange();
    const { endpoint, secret } = await endpointOn();
    expect(endpoint).toMatchObject({ enabled: true, disabledReason: null, description: null });
    expect(await inbrief.webhooks.get(endpoint.id)).toEqual(endpoint);
    expect(JSON.stringify(await inbrief.webhooks.list())).not.toContain('whsec_');
    const [row] = await product.sql<{ cipher: Buffer; row: string }>(
      'select secret_cipher as cipher, e::text as row from webhook_endpoints e where id = $1',
      [endpoint.id],
    );
    const raw = Buffer.from(secret.slice(6), 'base64');
    expect([row?.cipher.includes(raw), row?.cipher.includes(secret), row?.row.includes(secret)]).toEqual([
      false,
      false,
      false,
    ]);
  });

  // Mutants: `skipDuplicates` or the unique key gone; an id made anew for each relay.
  it('records one delivery per event and endpoint, however often the event is relayed', async () => {
    const { userId, endpointOn } = await arrange();
    await endpointOn();
    await endpointOn('/second');
    await happen(new ConnectionNeedsReauth(userId, randomUUID(), 'consent-revoked'));
    await Promise.all([arrived(1), arrived(1, '/second')]);
    const again = 'update outbox_messages set published_at = null, available_at = now() where user_id = $1';
    await relayed(userId);
    await product.sql(again, [userId]);
    await relayed(userId);
    const [{ count } = { count: 0 }] = await product.sql<{ count: number }>(
      'select count(*)::int from webhook_deliveries where user_id = $1',
      [userId],
    );
    expect(count).toBe(2);
    expect(receiver.received).toHaveLength(2);
    expect(idsOf(receiver.received).size).toBe(1);
  });

  // Mutant: a message id per attempt, so that a receiver cannot know what it had.
  it('tries again under the same id until it is taken, and logs each attempt', async () => {
    const { inbrief, userId, endpointOn } = await arrange();
    const { endpoint } = await endpointOn();
    const answers = [500, 302, 200];
    receiver.script(() => ({ status: answers[receiver.received.length - 1], body: 'said' }));
    await happen(new CreditsLow(userId, 4));
    const requests = await arrived(3);
    expect(idsOf(requests).size).toBe(1);
    const { log, ...delivery } = await settled(inbrief, endpoint.id, 'delivered');
    expect(delivery).toMatchObject({
      attempts: 3,
      errorCode: null,
      nextAttemptAt: null,
      eventType: 'credits.low',
    });
    expect(log.map(({ status, errorCode }) => [status, errorCode])).toEqual([
      [500, 'http-error'],
      [302, 'redirected'],
      [200, null],
    ]);
    expect(log[0]).toMatchObject({ attempt: 1, responseHead: '"said"'.slice(1, -1) });
  });

  // Mutants: an endpoint that fails for ever is called for ever; a round that is never full after a replay.
  it('disables an endpoint that takes nothing for a whole round; enabled again, it gets what it missed', async () => {
    const { inbrief, userId, endpointOn } = await arrange();
    const { endpoint } = await endpointOn();
    receiver.script(() => ({ status: 503 }));
    await happen(new CreditsLow(userId, 4));
    const failed = await settled(inbrief, endpoint.id, 'failed');
    expect(failed).toMatchObject({ attempts: 3, errorCode: 'http-error' });
    expect(await inbrief.webhooks.get(endpoint.id)).toMatchObject({
      enabled: false,
      disabledReason: 'unreachable',
    });
    const told = `select from outbox_messages where type = 'webhooks.endpoint-disabled.v1' and user_id = $1`;
    expect(await product.sql(told, [userId])).toHaveLength(1);
    await expect(inbrief.webhooks.replay(endpoint.id, failed.id)).rejects.toEqual(
      refusedAs('webhooks.endpoint-disabled', 409),
    );
    await expect(inbrief.webhooks.test(endpoint.id)).rejects.toEqual(
      refusedAs('webhooks.endpoint-disabled', 409),
    );

    const before = receiver.received.map(({ headers }) => headers['webhook-id']);
    receiver.script(() => ({ status: receiver.received.length < 3 ? 503 : 200 }));
    await inbrief.webhooks.update(endpoint.id, { enabled: true });
    expect(await inbrief.webhooks.replay(endpoint.id, failed.id)).toMatchObject({
      state: 'pending',
      attempts: 3,
    });
    expect(await settled(inbrief, endpoint.id, 'delivered')).toMatchObject({ attempts: 6 });
    expect([...idsOf(receiver.received)]).toEqual([before[0]]);
  });

  // Mutants: what is under way counted as due; an age since it was recorded.
  it('tells an operator what is due, for how long, and what came of the attempts', async () => {
    const measured = async () => {
      await product.app.get(Samples).take();
      return (await product.app.get(Metrics).expose()).text;
    };
    const attempts = async (outcome: string) =>
      valueOf(await measured(), 'inbrief_webhook_attempts_total', `outcome="${outcome}"`) ?? 0;
    const [taken, late] = [await attempts('delivered'), await attempts('timeout')];
    const { inbrief, userId, endpointOn } = await arrange();
    const { endpoint } = await endpointOn();
    await relayed(userId);
    await product.stopWorker();
    await inbrief.webhooks.test(endpoint.id);
    await product.sql(
      `update webhook_deliveries set next_attempt_at = now() - interval '1 hour' where user_id = $1`,
      [userId],
    );
    const waiting = await measured();
    expect(valueOf(waiting, 'inbrief_webhook_deliveries_due')).toBe(1);
    expect(valueOf(waiting, 'inbrief_webhook_oldest_due_seconds')).toBeGreaterThanOrEqual(3_600);
    receiver.script(() => new Promise(() => undefined));
    await product.startWorker();
    await arrived(1);
    expect(valueOf(await measured(), 'inbrief_webhook_deliveries_due')).toBe(0);
    await settled(inbrief, endpoint.id, 'failed');
    expect(await attempts('timeout')).toBe(late + 1);
    receiver.script(() => ({ status: 204 }));
    await inbrief.webhooks.test(endpoint.id);
    await settled(inbrief, endpoint.id, 'delivered');
    expect(await attempts('delivered')).toBe(taken + 1);
    const idle = await measured();
    expect(valueOf(idle, 'inbrief_webhook_deliveries_due')).toBe(0);
    expect(valueOf(idle, 'inbrief_webhook_oldest_due_seconds')).toBe(0);
  });

  it('stops at once when the receiver says that it is gone', async () => {
    const { inbrief, userId, endpointOn } = await arrange();
    const { endpoint } = await endpointOn();
    receiver.script(() => ({ status: 410 }));
    await happen(new CreditsLow(userId, 4));
    expect(await settled(inbrief, endpoint.id, 'failed')).toMatchObject({ attempts: 1, errorCode: 'gone' });
    expect(await inbrief.webhooks.get(endpoint.id)).toMatchObject({ disabledReason: 'gone' });
    await happen(new CreditsLow(userId, 3));
    await relayed(userId);
    expect((await inbrief.webhooks.listDeliveries(endpoint.id)).data).toHaveLength(1);
  });

  // Mutants: the old secret forgotten at once; the old secret for ever.
  it('signs with the old secret too for a day after a rotation', async () => {
    const { inbrief, endpointOn } = await arrange();
    const { endpoint, secret: old } = await endpointOn();
    const { secret: fresh, endpoint: rotated } = await inbrief.webhooks.rotateSecret(endpoint.id);
    expect(fresh).not.toBe(old);
    const hours = (Date.parse(rotated.previousSecretUntil ?? '') - Date.now()) / 3_600_000;
    expect(hours).toBeCloseTo(24, 1);
    const knownBy = async (secret: string): Promise<boolean> => {
      receiver.script(() => ({ status: 204 }));
      await inbrief.webhooks.test(endpoint.id);
      const [request] = await arrived(1);
      return verifyWebhook(request?.body ?? '', request?.headers ?? {}, secret).then(
        ({ type }) => type === 'webhook.test',
        () => false,
      );
    };
    expect(await knownBy(fresh)).toBe(true);
    expect(await knownBy(old)).toBe(true);
    await product.sql('update webhook_endpoints set previous_secret_until = now() where id = $1', [
      endpoint.id,
    ]);
    expect(await knownBy(old)).toBe(false);
    expect(await knownBy(fresh)).toBe(true);
  });

  it('tries a test event once, and its failure disables nothing', async () => {
    const { inbrief, endpointOn } = await arrange();
    const { endpoint } = await endpointOn();
    receiver.script(() => ({ status: 500 }));
    expect(await inbrief.webhooks.test(endpoint.id)).toMatchObject({
      state: 'pending',
      eventType: 'webhook.test',
    });
    expect(await settled(inbrief, endpoint.id, 'failed')).toMatchObject({ attempts: 1 });
    expect(await inbrief.webhooks.get(endpoint.id)).toMatchObject({ enabled: true });
  });

  // Mutant: `perUser` and `perEndpoint` without bound, so that one dead receiver has all 32 places.
  it('lets nobody wait for the dead receiver of somebody else', async () => {
    const [dead, alive] = [await arrange(), await arrange()];
    const { endpoint } = await dead.endpointOn('/', silent.url);
    await happen(...Array.from({ length: 40 }, (_, left) => new CreditsLow(dead.userId, left)));
    await until(() => Promise.resolve(silent.received.length > 0), 'the dead receiver to be called');
    await alive.endpointOn();
    await happen(new CreditsLow(alive.userId, 1));
    await arrived(1);
    expect(silent.received.length).toBeLessThanOrEqual(2);
    await dead.inbrief.webhooks.update(endpoint.id, { enabled: false });
    const { data } = await dead.inbrief.webhooks.listDeliveries(endpoint.id, { limit: 100 });
    expect(new Set(data.map(({ errorCode }) => errorCode))).toEqual(new Set(['endpoint-disabled']));
  });

  it.each([
    'https://127.0.0.1/',
    'https://[::ffff:10.0.0.1]/',
    'http://example.com/',
    'https://u:p@example.com/',
  ])('refuses %s when it is given, and when it is sent to', async (url) => {
    const { inbrief, endpointOn } = await arrange();
    const refused = refusedAs('webhooks.url-refused', 400);
    await expect(inbrief.webhooks.create({ url, eventTypes: ['credits.low'] })).rejects.toEqual(refused);
    const { endpoint } = await endpointOn();
    await expect(inbrief.webhooks.update(endpoint.id, { url })).rejects.toEqual(refused);
    await product.sql('update webhook_endpoints set url = $2 where id = $1', [endpoint.id, url]);
    await inbrief.webhooks.test(endpoint.id);
    const { log } = await settled(inbrief, endpoint.id, 'failed');
    expect(log).toMatchObject([
      {
        status: null,
        errorCode: expect.stringMatching(/^(private-address|not-https|has-credentials)$/) as string,
      },
    ]);
  });

  it('is edited by whoever read it last, and has a limit', async () => {
    const { inbrief, endpointOn } = await arrange();
    const { endpoint } = await endpointOn();
    const path = { endpointId: endpoint.id };
    const read = await inbrief.api.GET('/api/webhooks/{endpointId}', { params: { path } });
    const header = { 'If-Match': read.response.headers.get('etag') ?? '' };
    const edited = await inbrief.webhooks.update(endpoint.id, {
      description: 'Tickets',
      eventTypes: ['credits.low'],
    });
    expect(edited).toMatchObject({ description: 'Tickets', eventTypes: ['credits.low'], url: endpoint.url });
    const stale = inbrief.api.PATCH('/api/webhooks/{endpointId}', {
      params: { path, header },
      body: { description: null },
    });
    await expect(stale).rejects.toEqual(refusedAs('request.precondition-failed', 412));
    await endpointOn();
    await endpointOn();
    await expect(endpointOn()).rejects.toEqual(refusedAs('webhooks.too-many-endpoints', 409));
    await inbrief.webhooks.delete(endpoint.id);
    await expect(inbrief.webhooks.delete(endpoint.id)).rejects.toEqual(
      refusedAs('webhooks.endpoint-unknown', 404),
    );
    await expect(inbrief.webhooks.listDeliveries(endpoint.id)).rejects.toEqual(
      refusedAs('webhooks.endpoint-unknown', 404),
    );
    await endpointOn();
  });

  // Mutant: a repository method that leaves the user out, and a policy that lets it.
  it('is out of reach for anybody else', async () => {
    const [owner, stranger] = [await arrange(), await arrange()];
    const { endpoint } = await owner.endpointOn();
    const delivery = await owner.inbrief.webhooks.test(endpoint.id);
    const { webhooks } = stranger.inbrief;
    const unknown = refusedAs('webhooks.endpoint-unknown', 404);
    await expect(webhooks.get(endpoint.id)).rejects.toEqual(unknown);
    await expect(webhooks.update(endpoint.id, { enabled: false })).rejects.toEqual(unknown);
    await expect(webhooks.delete(endpoint.id)).rejects.toEqual(unknown);
    await expect(webhooks.rotateSecret(endpoint.id)).rejects.toEqual(unknown);
    await expect(webhooks.test(endpoint.id)).rejects.toEqual(unknown);
    await expect(webhooks.replay(endpoint.id, delivery.id)).rejects.toEqual(unknown);
    const own = await stranger.endpointOn();
    const notTheirs = refusedAs('webhooks.delivery-unknown', 404);
    await expect(webhooks.getDelivery(own.endpoint.id, delivery.id)).rejects.toEqual(notTheirs);
    await expect(webhooks.replay(own.endpoint.id, delivery.id)).rejects.toEqual(notTheirs);
    await happen(new CreditsLow(stranger.userId, 1));
    const [request] = await arrived(1);
    expect((await webhooks.list()).data).toEqual([own.endpoint]);
    expect(request).toBeDefined();
  });

  it('is exported with the account, without a secret, and goes with it', async () => {
    const { inbrief, userId, endpointOn } = await arrange();
    const { endpoint } = await endpointOn();
    await inbrief.webhooks.test(endpoint.id);
    await settled(inbrief, endpoint.id, 'delivered');
    const { webhooks } = await inbrief.users.export();
    expect(webhooks).toMatchObject({
      endpoints: [{ id: endpoint.id }],
      deliveries: [{ state: 'delivered' }],
    });
    expect(JSON.stringify(webhooks)).not.toMatch(/whsec_|ipher/);
    await inbrief.users.delete();
    const left = `select from webhook_endpoints where user_id = $1
      union all select from webhook_deliveries where user_id = $1 union all select from webhook_attempts where user_id = $1`;
    await until(async () => (await product.sql(left, [userId])).length === 0, 'its webhooks to be forgotten');
  });
});
