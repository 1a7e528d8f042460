import request from 'supertest';
import { SearchAuditLogController } from '../../../src/admin/search-audit-log/search-audit-log.controller';
import { type AuthApp, type Registered, startAuthApp } from './auth-app';

interface Found {
  data: {
    id: string;
    action: string;
    userId: string;
    actorId: string;
    actorKind: string;
    occurredAt: string;
  }[];
  nextCursor: string | null;
}

describe('GET /api/admin/audit', () => {
  let auth: AuthApp;
  let admin: Registered;
  let user: Registered;
  beforeAll(async () => {
    auth = await startAuthApp({}, [SearchAuditLogController]);
    [admin, user] = [await auth.register(), await auth.register()];
    await auth.sql(`update users set role = 'admin' where id = $1`, [admin.id]);
    await request(auth.http)
      .patch('/api/users/me')
      .auth(user.tokens.accessToken, { type: 'bearer' })
      .send({ name: 'Ada' })
      .expect(200);
    await auth.sql(
      `insert into audit_logs (id, user_id, actor_kind, actor_id, action, target_type, target_id, request_id, occurred_at)
       values ('0190f5a2-7c1e-7d3a-9a55-1f2e3d4c5b6a', $1, 'admin', $2, 'billing.credits-adjusted', 'wallet', 'w-1', 'req-of-old', '2024-07-20T10:00:00Z')`,
      [user.id, admin.id],
    );
  });
  afterAll(() => auth.close());

  const search = (query: Record<string, string | number> = {}, who = admin) =>
    request(auth.http).get('/api/admin/audit').query(query).auth(who.tokens.accessToken, { type: 'bearer' });
  const found = async (query: Record<string, string | number>): Promise<string[]> =>
    ((await search(query).expect(200)).body as Found).data.map(({ action }) => action);

  it('finds what was done, by whom, to whom and when', async () => {
    const adjusted = ['billing.credits-adjusted'];
    expect(await found({ actorId: admin.id, userId: user.id })).toEqual(adjusted);
    expect(await found({ actorKind: 'admin' })).toEqual(adjusted);
    expect(await found({ targetType: 'wallet', targetId: 'w-1' })).toEqual(adjusted);
    expect(await found({ requestId: 'req-of-old' })).toEqual(adjusted);
    expect(await found({ to: '2024-07-20T10:00:00.001Z' })).toEqual(adjusted);
    expect(await found({ to: '2024-07-20T10:00:00Z' })).toEqual([]);
    expect(await found({ from: '2024-07-20T10:00:00Z', action: 'billing.' })).toEqual(adjusted);
    expect(await found({ from: '2024-07-20T10:00:00.001Z', action: 'billing.' })).toEqual([]);
    expect(await found({ userId: user.id })).toEqual([
      'auth.profile-updated',
      'auth.user-registered',
      ...adjusted,
    ]);
    expect(await found({ userId: user.id, action: 'auth.user-registered' })).toEqual([
      'auth.user-registered',
    ]);
    expect(await found({ action: 'auth.user' })).toEqual([]);
    expect(await found({ userId: admin.id, actorId: user.id })).toEqual([]);
  });

  it('goes through the whole log page by page, every row once, the newest first', async () => {
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const { body } = await search({ limit: 1, ...(cursor && { cursor }) }).expect(200);
      const page = body as Found;
      ids.push(...page.data.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);
    const all = await auth.sql<{ id: string }>('select id from audit_logs order by id desc');
    expect(ids).toEqual(all.map(({ id }) => id));
  });

  it('is for administrators, and takes no cursor but its own', async () => {
    await search({}, user).expect(403);
    const own = await request(auth.http)
      .get('/api/users/me/audit-trail')
      .query({ limit: 1 })
      .auth(user.tokens.accessToken, { type: 'bearer' })
      .expect(200);
    expect((own.body as Found).nextCursor).toEqual(expect.any(String));
    const { body } = await search({ cursor: (own.body as Found).nextCursor ?? '' }).expect(400);
    expect(body).toMatchObject({ code: 'request.bad-cursor' });
  });

  it.each([
    { actorId: 'ada' },
    { userId: '1' },
    { action: "' or true --" },
    { actorKind: 'god' },
    { from: 'yesterday' },
    { to: '2026-02-30' },
    { limit: 101 },
    { userName: 'ada' },
  ])('refuses %j', async (query) => {
    await search(query as unknown as Record<string, string>).expect(400);
  });
});
