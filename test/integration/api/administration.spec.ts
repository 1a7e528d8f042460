import request from 'supertest';
import { v7 as uuidv7 } from 'uuid';
import { until } from '../../../sandbox/demo/journey';
import { startTestApp, type TestApp } from '../../support/app';
import { arrangeMailbox } from '../../support/mail-fixtures';

interface Person {
  id: string;
  token: string;
}

const reason = 'ticket 4711';

describe('administration', () => {
  let product: TestApp;
  let root: Person;
  let people = 0;
  beforeAll(async () => {
    product = await startTestApp();
    root = await register();
    await product.sql(`update users set role = 'admin' where id = $1`, [root.id]);
  });
  afterAll(() => product.close());

  async function register(): Promise<Person> {
    people += 1;
    const account = {
      email: `person${people}@example.com`,
      password: 'correct-horse-battery-staple',
      name: `Person ${people}`,
    };
    const { body } = await request(product.http).post('/api/auth/register').send(account).expect(201);
    return { id: body.user.id, token: body.tokens.accessToken };
  }
  const call = (method: 'get' | 'post' | 'put' | 'delete', path: string, body?: object, by = root) =>
    request(product.http)[method](`/api/admin/${path}`).auth(by.token, { type: 'bearer' }).send(body);
  const audited = (action: string, targetId: string) =>
    product.sql<{ actor: string; reason: string }>(
      `select actor_id as actor, changes->>'reason' as reason from audit_logs where action = $1 and target_id = $2`,
      [action, targetId],
    );

  it('finds accounts and pages through them', async () => {
    const [first, second] = [await register(), await register()];
    const { body } = await call('get', 'users?limit=1').expect(200);
    expect(body.data).toMatchObject([{ id: second.id, status: 'active', role: 'user' }]);
    const next = await call('get', `users?limit=1&cursor=${body.nextCursor}`).expect(200);
    expect(next.body.data).toMatchObject([{ id: first.id }]);
    const found = await call('get', `users?q=person${people}%40`).expect(200);
    expect(found.body.data).toHaveLength(1);
    expect((await call('get', 'users?role=admin')).body.data).toMatchObject([{ id: root.id }]);
    const { body: detail } = await call('get', `users/${second.id}`).expect(200);
    expect(detail).toMatchObject({ liveSessions: 1, liveApiKeys: 0, connections: [], heldCredits: 0 });
    await call('get', `users/${uuidv7()}`).expect(404);
  });

  // Mutants: a suspension that leaves the sessions; one that publishes nothing, so that its work goes on; an audit row
  // without its reason.
  it('a suspended account is out at once, and back when reinstated', async () => {
    const person = await register();
    const me = () => request(product.http).get('/api/users/me').auth(person.token, { type: 'bearer' });
    await me().expect(200);
    await call('post', `users/${person.id}/suspend`, { reason }).expect(204);
    await me().expect(401);
    await until(
      async () =>
        (
          await product.sql(
            `select from outbox_messages where type = 'auth.user-suspended.v1' and subject_id = $1 and published_at is not null`,
            [person.id],
          )
        ).length === 1,
      'the end of its work',
    );
    await call('post', `users/${person.id}/suspend`, { reason }).expect(204);
    expect(await audited('auth.user-suspended', person.id)).toEqual([{ actor: root.id, reason }]);
    await call('post', `users/${person.id}/reinstate`, { reason }).expect(204);
    expect(await product.sql('select status from users where id = $1', [person.id])).toEqual([
      { status: 'active' },
    ]);
    await me().expect(401);
  });

  it('ends sessions, changes roles, exports and deletes', async () => {
    const person = await register();
    await call('put', `users/${person.id}/role`, { role: 'admin', reason }).expect(204);
    await call('get', 'health', undefined, person).expect(200);
    await call('put', `users/${person.id}/role`, { role: 'user', reason }).expect(204);
    await call('get', 'health', undefined, person).expect(403);
    await call('post', `users/${person.id}/sign-out`, { reason }).expect(204);
    await call('get', 'health', undefined, person).expect(401);
    const { body } = await call('post', `users/${person.id}/export`, { reason }).expect(200);
    expect(body).toMatchObject({ account: { profile: { id: person.id } } });
    await call('delete', `users/${person.id}`, { reason }).expect(204);
    await call('post', `users/${person.id}/suspend`, { reason }).expect(404);
    expect(await audited('auth.user-erased', person.id)).toEqual([{ actor: root.id, reason }]);
  });

  // Mutants: a check of the role alone; a guard that is named on the class but not on the method.
  it('lets nobody do harm by a stolen token, or to themselves', async () => {
    await call('post', `users/${root.id}/suspend`, { reason }).expect(409);
    await call('put', `users/${root.id}/role`, { role: 'user', reason }).expect(409);
    await call('delete', `users/${root.id}`, { reason }).expect(409);
    const person = await register();
    await product.sql(
      `update user_sessions set authenticated_at = now() - interval '11 minutes' where user_id = $1`,
      [root.id],
    );
    const dangerous = [
      ['post', `users/${person.id}/suspend`, { reason }],
      ['post', `users/${person.id}/reinstate`, { reason }],
      ['put', `users/${person.id}/role`, { role: 'admin', reason }],
      ['post', `users/${person.id}/credits`, { credits: 5, reference: 'stolen', reason }],
      ['post', `users/${person.id}/export`, { reason }],
      ['delete', `users/${person.id}`, { reason }],
      ['post', `dead-letters/${uuidv7()}/drop`, { reason }],
      ['put', 'config/dispatch.window', { value: 7, expectedVersion: 0, reason }],
      ['post', 'config/dispatch.window/reset', { expectedVersion: 0, reason }],
    ] as const;
    for (const [method, path, body] of dangerous)
      expect((await call(method, path, body)).body).toMatchObject({ code: 'auth.recent-proof-needed' });
    await product.sql('update user_sessions set authenticated_at = now() where user_id = $1', [root.id]);
    expect(await product.sql('select role, status from users where id = $1', [person.id])).toEqual([
      { role: 'user', status: 'active' },
    ]);
  });

  it('adjusts credits through the ledger, once for each reference', async () => {
    const person = await register();
    await until(
      async () =>
        (await product.sql('select from credit_wallets where user_id = $1', [person.id])).length === 1,
      'the wallet',
    );
    const adjust = (credits: number, reference: string) =>
      call('post', `users/${person.id}/credits`, { credits, reference, reason });
    expect((await adjust(5, 'ticket-1').expect(200)).body).toEqual({ applied: true });
    expect((await adjust(5, 'ticket-1').expect(200)).body).toEqual({ applied: false });
    await adjust(-1_000, 'ticket-2').expect(409);
    await adjust(0, 'ticket-3').expect(400);
    expect(await audited('billing.credits-adjusted', person.id)).toEqual([{ actor: root.id, reason }]);
    expect(await product.sql('select * from ledger_violations')).toEqual([]);
  });

  it('shows, replays and drops events that were given up', async () => {
    const [lost, hopeless] = [uuidv7(), uuidv7()];
    for (const id of [lost, hopeless])
      await product.sql(
        `insert into outbox_messages (id, type, payload, dead_at, attempts, last_error)
         values ($1, 'auth.user-suspended.v1', $2, now(), 12, 'broken')`,
        [id, { userId: uuidv7() }],
      );
    const { body } = await call('get', 'dead-letters').expect(200);
    expect(body.data).toMatchObject([{ id: hopeless, attempts: 12, lastError: 'broken' }, { id: lost }]);
    expect((await call('get', 'health')).body).toMatchObject({ deadLetters: 2 });
    await call('post', `dead-letters/${lost}/replay`, { reason }).expect(202);
    await until(
      async () =>
        (await product.sql('select from outbox_messages where id = $1 and published_at is not null', [lost]))
          .length === 1,
      'its delivery',
    );
    await call('post', `dead-letters/${hopeless}/drop`, { reason }).expect(204);
    await call('post', `dead-letters/${hopeless}/drop`, { reason }).expect(404);
    expect(await audited('outbox.dead-letter-dropped', hopeless)).toEqual([{ actor: root.id, reason }]);
    expect((await call('get', 'dead-letters')).body.data).toEqual([]);
  });

  it('finds purchases and events, and acts upon an event once more', async () => {
    const person = await register();
    const paymentId = uuidv7();
    await product.sql(
      `insert into stripe_payments (id, user_id, package_id, credits, amount_minor, currency, payment_intent_id, look_at)
       values ($1, $2, 'starter', 100, 500, 'eur', 'pi_admin', now() + interval '1 day')`,
      [paymentId, person.id],
    );
    const { body } = await call('get', 'payments?id=pi_admin').expect(200);
    expect(body.data).toMatchObject([{ id: paymentId, userId: person.id, amountMinor: 500, paidAt: null }]);
    expect((await call('get', `payments?userId=${person.id}&status=paid`)).body.data).toEqual([]);
    const event = (id: string, payload: object) =>
      product.sql(
        `insert into stripe_events (id, type, object_id, livemode, payload, source, occurred_at, processed_at, outcome)
         values ($1, 'charge.refunded', 'ch_admin', false, $2, 'webhook', now(), now(), 'unknown')`,
        [id, payload],
      );
    await event('evt_admin', {
      data: { object: { id: 'ch_admin', object: 'charge', payment_intent: 'pi_none' } },
    });
    await event('evt_empty', {});
    const events = await call('get', 'stripe-events?id=ch_admin').expect(200);
    const { data } = events.body as { data: { id: string }[] };
    expect(data.map(({ id }) => id).sort()).toEqual(['evt_admin', 'evt_empty']);
    await call('post', 'stripe-events/evt_admin/replay', { reason }).expect(202);
    await call('post', 'stripe-events/evt_empty/replay', { reason }).expect(410);
    await call('post', 'stripe-events/evt_none/replay', { reason }).expect(404);
    expect(await audited('billing.event-replayed', 'evt_admin')).toEqual([{ actor: root.id, reason }]);
    await until(
      async () =>
        (await product.sql(`select from stripe_events where id = 'evt_admin' and attempts > 0`)).length === 1,
      'another attempt',
    );
  });

  it('shows and changes settings, with their history', async () => {
    const { body } = await call('get', 'config').expect(200);
    expect(body.data).toContainEqual(
      expect.objectContaining({ key: 'dispatch.window', value: 60, version: 0, overridden: false }),
    );
    const change = (value: unknown, expectedVersion: number) =>
      call('put', 'config/dispatch.window', { value, expectedVersion, reason });
    expect((await change(7, 0).expect(200)).body).toEqual({ version: 1 });
    await change(8, 0).expect(409);
    await change(100, 1).expect(400);
    await call('put', 'config/dispatch.window', { expectedVersion: 1, reason }).expect(400);
    await call('post', 'config/dispatch.window/reset', { expectedVersion: 1, reason }).expect(200);
    await call('put', 'config/llm.dailySpendCapMicros', { value: null, expectedVersion: 0, reason }).expect(
      200,
    );
    const history = await call('get', 'config/dispatch.window/history').expect(200);
    expect(history.body.data).toMatchObject([
      { version: 2, isSet: false, changedBy: root.id },
      { version: 1, value: 7, reason },
    ]);
  });

  it('sums up what a day took and brought in', async () => {
    const person = await register();
    await product.sql(
      `insert into usage_analytics (user_id, day, discovered, summarised, cost_micros) values ($1, '2026-01-02', 9, 8, 4000)`,
      [person.id],
    );
    const { body } = await call('get', 'usage?from=2026-01-01&to=2026-01-31').expect(200);
    expect(body.data).toMatchObject([
      {
        day: '2026-01-02',
        activeUsers: 1,
        summarised: 8,
        costMicros: 4_000,
        revenue: [],
        marginMicros: -4_000,
      },
    ]);
    await call('get', 'usage?from=yesterday&to=today').expect(400);
  });

  // Mutants: days outside of the span that are counted; an order by anything but the cost; `limit` that is not heeded.
  it('says whose mails cost most, over the days asked for', async () => {
    const [cheap, dear, idle] = [await register(), await register(), await register()];
    for (const [person, day, cost] of [
      [cheap, '2027-01-02', 10],
      [dear, '2027-01-02', 30],
      [dear, '2027-01-31', 40],
      [idle, '2027-02-01', 900],
    ] as const)
      await product.sql(
        `insert into usage_analytics (user_id, day, discovered, summarised, input_tokens, cost_micros) values ($1, $2, 2, 1, 5, $3)`,
        [person.id, day, cost],
      );
    const { body } = await call('get', 'usage/users?from=2027-01-01&to=2027-01-31').expect(200);
    expect(body.data).toMatchObject([
      { userId: dear.id, activeDays: 2, discovered: 4, summarised: 2, inputTokens: 10, costMicros: 70 },
      { userId: cheap.id, activeDays: 1, costMicros: 10 },
    ]);
    expect(body.data[0].email).toMatch(/^person\d+@example\.com$/);
    const first = await call('get', 'usage/users?from=2027-01-01&to=2027-01-31&limit=1').expect(200);
    expect(first.body.data).toMatchObject([{ userId: dear.id }]);
    await call('get', 'usage/users?from=2027-01-01&to=2027-01-31&limit=0').expect(400);
  });

  // Mutants: a filter that is taken and not heeded; a kind of background work that is no run.
  it('finds runs over all users, and pages through them', async () => {
    const [one, other] = [await arrangeMailbox(product.sql), await arrangeMailbox(product.sql)];
    const runIds: string[] = [];
    for (const { userId, connectionId } of [one, one, other]) {
      const id = uuidv7();
      runIds.push(id);
      await product.sql(
        `insert into background_jobs (id, user_id, connection_id, kind, trigger, state, reason_code, finished_at)
         values ($1, $2, $3, 'mailbox-sync', 'user', 'failed', 'gmail.needs-reauth', now())`,
        [id, userId, connectionId],
      );
    }
    const ids = async (query: string): Promise<string[]> => {
      const { body } = await call('get', `runs?${query}`).expect(200);
      return (body as { data: { id: string }[] }).data.map(({ id }) => id);
    };
    expect(await ids('reasonCode=gmail.needs-reauth&state=failed')).toEqual([...runIds].reverse());
    expect(await ids(`userId=${one.userId}`)).toEqual([runIds[1], runIds[0]]);
    expect(await ids(`connectionId=${other.connectionId}`)).toEqual([runIds[2]]);
    expect(await ids(`userId=${one.userId}&state=done`)).toEqual([]);
    const { body } = await call('get', `runs?userId=${one.userId}&limit=1`).expect(200);
    expect(body.data).toMatchObject([{ id: runIds[1], trigger: 'user', attempts: 0 }]);
    expect(await ids(`userId=${one.userId}&limit=1&cursor=${body.nextCursor}`)).toEqual([runIds[0]]);
  });

  it('finds work over all users, and says what cannot be done to it', async () => {
    const { userId, connectionId, discover } = await arrangeMailbox(product.sql);
    const [emailId] = await discover(1);
    const id = uuidv7();
    await product.sql(
      `insert into processing_jobs (id, user_id, connection_id, email_id, state, reason_code, received_at, finished_at)
       values ($1, $2, $3, $4, 'skipped', 'email.empty', now(), now())`,
      [id, userId, connectionId, emailId],
    );
    const { body } = await call('get', `jobs?userId=${userId}&state=skipped`).expect(200);
    expect(body.data).toMatchObject([{ id, emailId, reasonCode: 'email.empty' }]);
    expect((await call('get', 'quarantine').expect(200)).body.data).toEqual([]);
    expect((await call('post', `jobs/${id}/retry`)).body).toMatchObject({ code: 'jobs.not-retryable' });
    expect((await call('post', `jobs/${id}/cancel`)).body).toMatchObject({ code: 'jobs.job-ended' });
    expect((await call('post', `quarantine/${id}/release`)).body).toMatchObject({
      code: 'jobs.not-quarantined',
    });
    for (const act of ['retry', 'cancel'])
      expect((await call('post', `runs/${uuidv7()}/${act}`)).body).toMatchObject({
        code: 'jobs.run-not-found',
      });
  });

  // Mutants: a pattern whose `_` matches anything; a filter that is taken and not heeded.
  it('finds mailboxes by owner, state and address, and tells none of their secrets', async () => {
    const [one, other] = [await arrangeMailbox(product.sql), await arrangeMailbox(product.sql)];
    await product.sql(
      `update gmail_connections set status = 'needs_reauth', status_reason = 'consent-revoked', email_address = 'lost_box@example.com' where id = $1`,
      [one.connectionId],
    );
    const find = async (query: string): Promise<{ data: { id: string }[]; nextCursor: string }> => {
      const { body } = await call('get', `connections?${query}`).expect(200);
      return body as { data: { id: string }[]; nextCursor: string };
    };
    const [found, ...more] = (await find('status=needs_reauth')).data;
    expect(more).toEqual([]);
    expect(found).toEqual({
      id: one.connectionId,
      userId: one.userId,
      emailAddress: 'lost_box@example.com',
      status: 'needs_reauth',
      statusReason: expect.stringContaining('Connect again.'),
      lastSyncedAt: null,
      healthy: false,
    });
    expect((await find('q=lost_box')).data).toHaveLength(1);
    expect((await find('q=lost%25box')).data).toEqual([]);
    expect((await find(`userId=${other.userId}`)).data).toMatchObject([{ id: other.connectionId }]);
    const { data, nextCursor } = await find('limit=1');
    const [next] = (await find(`limit=1&cursor=${nextCursor}`)).data;
    expect((next?.id ?? '~') < (data[0]?.id ?? '')).toBe(true);
  });

  it('reads a mailbox at an administrator’s word', async () => {
    const { userId } = await arrangeMailbox(product.sql);
    const [{ id } = { id: '' }] = await product.sql<{ id: string }>(
      'select id from gmail_connections where user_id = $1',
      [userId],
    );
    const { body } = await call('post', `users/${userId}/connections/${id}/sync`).expect(202);
    expect(body).toEqual({ runId: expect.any(String) });
  });

  // Mutant: a forced sync that asks nobody: it answers the run of another user's mailbox, or fails at a foreign key with 500.
  it('reads no mailbox that is not the user’s, or not connected', async () => {
    const [one, other] = [await arrangeMailbox(product.sql), await arrangeMailbox(product.sql)];
    await call('post', `users/${other.userId}/connections/${other.connectionId}/sync`).expect(202);
    for (const id of [other.connectionId, uuidv7()])
      expect(
        (await call('post', `users/${one.userId}/connections/${id}/sync`).expect(404)).body,
      ).toMatchObject({
        code: 'gmail.connection-not-found',
      });
    await product.sql(`update gmail_connections set status = 'paused' where id = $1`, [one.connectionId]);
    const paused = await call('post', `users/${one.userId}/connections/${one.connectionId}/sync`).expect(409);
    expect(paused.body).toMatchObject({ code: 'jobs.connection-not-ready' });
    expect(await product.sql('select from background_jobs where user_id = $1', [one.userId])).toEqual([]);
  });
});
