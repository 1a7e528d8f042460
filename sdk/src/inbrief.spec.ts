import { problem, TinyServer } from '../../test/support/tiny-server';
import { Inbrief, type InbriefOptions, InbriefProblem, memoryTokens } from './index';

const hour = 3_600_000;
const signedIn = () => memoryTokens({ accessToken: 'a1', refreshToken: 'r1', expiresAt: Date.now() + hour });
const fresh = { accessToken: 'a2', refreshToken: 'r2', expiresInSeconds: 600 };

describe('a call', () => {
  const server = new TinyServer();
  beforeAll(() => server.start());
  afterAll(() => server.stop());

  const client = (options: InbriefOptions = {}) =>
    new Inbrief({ baseUrl: server.url, tokens: signedIn(), retry: { baseMs: 1 }, ...options });
  const failing = (call: Promise<unknown>): Promise<InbriefProblem> =>
    call.then(
      () => Promise.reject(new Error('It succeeded')),
      (error: unknown) => (error instanceof InbriefProblem ? error : Promise.reject(error as Error)),
    );
  const asked = () => server.received.map(({ method, path }) => `${method} ${path}`);

  describe('that fails', () => {
    it('throws what the server said, typed', async () => {
      server.script(() => {
        const { body, ...rest } = problem(422, 'billing.unknown-package');
        return {
          ...rest,
          body: { ...(body as object), faults: [{ path: '/packageId', message: 'is odd' }] },
        };
      });
      const refused = await failing(client().billing.purchase({ packageId: 'gold' }));
      expect(refused).toMatchObject({
        code: 'billing.unknown-package',
        status: 422,
        requestId: 'r-1',
        faults: [{ path: '/packageId', message: 'is odd' }],
        message: 'billing.unknown-package: Why.',
      });
      expect(InbriefProblem.is(refused, 'billing.unknown-package')).toBe(true);
      expect(InbriefProblem.is(refused, 'billing.other')).toBe(false);
    });

    it('is a problem too when a proxy answers in HTML', async () => {
      server.script(() => ({ status: 500, headers: { 'x-request-id': 'edge-7' }, body: '<h1>No</h1>' }));
      expect(await failing(client().users.me())).toMatchObject({
        code: 'sdk.unexpected-answer',
        status: 500,
        requestId: 'edge-7',
      });
    });

    it('is a problem too when nothing answers', async () => {
      const lost = client({ baseUrl: 'http://127.0.0.1:9', retry: { retries: 0 } });
      expect(await failing(lost.users.me())).toMatchObject({ code: 'sdk.unreachable', status: 0 });
    });

    it('is a problem too when no answer comes in time', async () => {
      server.script(() => undefined);
      const impatient = client({ timeoutMs: 50, retry: { retries: 0 } });
      expect(await failing(impatient.users.me())).toMatchObject({ code: 'sdk.timeout' });
    });

    it("rejects with the signal's reason when the caller gives up, also between two tries", async () => {
      server.script(() => problem(503, 'internal.unavailable', { 'retry-after': '20' }));
      const reason = new Error('Changed my mind');
      const controller = new AbortController();
      const call = client().users.me({ signal: controller.signal });
      setTimeout(() => controller.abort(reason), 50);
      await expect(call).rejects.toBe(reason);
      expect(server.received).toHaveLength(1);
    });
  });

  describe('is repeated', () => {
    it('when it reads and the fault passes', async () => {
      server.script(() =>
        server.received.length < 3 ? problem(503, 'internal.unavailable') : { body: { id: 'u' } },
      );
      expect(await client().users.me()).toEqual({ id: 'u' });
      expect(server.received).toHaveLength(3);
    });

    // Mutant: a new key for each try, with which each of them makes a purchase.
    it('when it carries a key, with the same key and body', async () => {
      server.script((_, response) => {
        if (server.received.length > 1) return { status: 201, body: { paymentId: 'p' } };
        response.destroy();
        return undefined;
      });
      expect(await client().billing.purchase({ packageId: 'starter' })).toEqual({ paymentId: 'p' });
      const [first, second] = server.received;
      expect(first?.headers['idempotency-key']).toMatch(/^[\w-]{32,}$/);
      expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key']);
      expect(second?.body).toBe('{"packageId":"starter"}');
    });

    it('under the key that the caller chose', async () => {
      server.script(() => ({ status: 201, body: {} }));
      await client().billing.purchase({ packageId: 'starter' }, { idempotencyKey: 'order-7' });
      expect(server.received[0]?.headers['idempotency-key']).toBe('order-7');
    });

    it('when a twin with its key is still under way', async () => {
      server.script(() =>
        server.received.length === 1
          ? problem(409, 'request.in-progress', { 'retry-after': '0' })
          : { status: 201, body: { paymentId: 'p' } },
      );
      expect(await client().billing.purchase({ packageId: 'starter' })).toEqual({ paymentId: 'p' });
    });

    // Mutant: repeating whatever failed with 503: a mail action would be recorded twice.
    it('never when it changes something and has no key', async () => {
      server.script(() => problem(503, 'internal.unavailable'));
      await failing(client().users.update({ name: 'Ada' }));
      expect(server.received).toHaveLength(1);
    });

    it.each([
      [400, 'request.invalid'],
      [404, 'email.summary-not-found'],
      [409, 'jobs.conflict'],
      [500, 'internal.unexpected'],
    ])('never after %i: it would fail alike', async (status, code) => {
      server.script(() => problem(status, code));
      expect(await failing(client().users.me())).toMatchObject({ status, code });
      expect(server.received).toHaveLength(1);
    });

    it('as often as the policy says, and no more', async () => {
      server.script(() => problem(503, 'internal.unavailable'));
      await failing(client({ retry: { retries: 2, baseMs: 1 } }).users.me());
      expect(server.received).toHaveLength(3);
    });

    it('no earlier than the server asked for', async () => {
      const at: number[] = [];
      server.script(() => {
        at.push(Date.now());
        return at.length === 1 ? problem(429, 'request.rate-limited', { 'retry-after': '1' }) : { body: {} };
      });
      await client().users.me();
      expect(at[1]! - at[0]!).toBeGreaterThanOrEqual(995);
    });

    it('not at all when the server asks for more patience than the cap allows', async () => {
      server.script(() => problem(429, 'request.rate-limited', { 'retry-after': '3600' }));
      expect(await failing(client().users.me())).toMatchObject({ retryAfterMs: 3_600_000 });
      expect(server.received).toHaveLength(1);
    });
  });

  describe('of a signed-in user', () => {
    const renewing = (path: string, authorization: string | undefined) => {
      if (path === '/api/auth/refresh') return { body: fresh };
      return authorization === 'Bearer a2' ? { body: { id: 'u' } } : problem(401, 'auth.unauthenticated');
    };

    // Mutant: a refresh per call: the second one presents a token that is used up.
    it('renews a refused token once, however many calls meet the refusal', async () => {
      server.script(({ path, headers }) => renewing(path, headers.authorization));
      const tokens = signedIn();
      const inbrief = client({ tokens });
      const answers = await Promise.all(Array.from({ length: 10 }, () => inbrief.users.me()));
      expect(answers).toEqual(Array(10).fill({ id: 'u' }));
      expect(asked().filter((line) => line.includes('refresh'))).toHaveLength(1);
      expect(tokens.load()).toMatchObject({ accessToken: 'a2', refreshToken: 'r2' });
    });

    it('renews a token that is about to expire before it is sent', async () => {
      server.script(({ path, headers }) => renewing(path, headers.authorization));
      const tokens = memoryTokens({ accessToken: 'a1', refreshToken: 'r1', expiresAt: Date.now() + 1_000 });
      await client({ tokens }).users.me();
      expect(asked()).toEqual(['POST /api/auth/refresh', 'GET /api/users/me']);
      expect(JSON.parse(server.received[0]!.body)).toEqual({ refreshToken: 'r1' });
      expect(server.received[0]!.headers.authorization).toBeUndefined();
    });

    it('changes something once, though its token was refused first', async () => {
      server.script(({ path, headers }) => renewing(path, headers.authorization));
      await client().users.update({ name: 'Ada' });
      expect(asked()).toEqual(['PATCH /api/users/me', 'POST /api/auth/refresh', 'PATCH /api/users/me']);
      expect(server.received[2]!.body).toBe('{"name":"Ada"}');
    });

    it('signs out when the session is over, and says so', async () => {
      server.script(() => problem(401, 'auth.invalid-refresh-token'));
      const told = jest.fn();
      const tokens = signedIn();
      const refused = await failing(client({ tokens, onSignedOut: told }).users.me());
      expect(refused.status).toBe(401);
      expect(tokens.load()).toBeNull();
      expect(told).toHaveBeenCalledTimes(1);
    });

    // Mutant: forgetting the tokens on every failed refresh: a deploy would sign everybody out.
    it('stays signed in while the server cannot renew the token', async () => {
      server.script(({ path }) =>
        path === '/api/auth/refresh'
          ? problem(503, 'internal.unavailable')
          : problem(401, 'auth.unauthenticated'),
      );
      const tokens = signedIn();
      const refused = await failing(client({ tokens, retry: { retries: 1, baseMs: 1 } }).users.me());
      expect(refused.status).toBe(503);
      expect(tokens.load()).not.toBeNull();
    });

    it('keeps what a sign-in brought and forgets it at the sign-out', async () => {
      server.script(({ path }) =>
        path === '/api/auth/login' ? { body: { user: { id: 'u' }, tokens: fresh } } : { status: 204 },
      );
      const inbrief = client({ tokens: memoryTokens() });
      expect(await inbrief.auth.isSignedIn()).toBe(false);
      await inbrief.auth.login({ email: 'a@example.com', password: 'x' });
      expect(await inbrief.auth.isSignedIn()).toBe(true);
      await inbrief.auth.logout();
      expect(server.received[1]!.headers.authorization).toBe('Bearer a2');
      expect(await inbrief.auth.isSignedIn()).toBe(false);
    });

    it('forgets the tokens at the sign-out even if the server does not hear of it', async () => {
      server.script(() => problem(503, 'internal.unavailable'));
      const inbrief = client();
      await failing(inbrief.auth.logout());
      expect(await inbrief.auth.isSignedIn()).toBe(false);
    });
  });

  it('of a program carries its API key, and no refresh is tried for it', async () => {
    server.script(() => problem(401, 'auth.unauthenticated'));
    await failing(client({ apiKey: 'ibk_1' }).dashboard.get());
    expect(asked()).toEqual(['GET /api/dashboard']);
    expect(server.received[0]!.headers.authorization).toBe('Bearer ibk_1');
  });

  describe('for a list', () => {
    beforeEach(() =>
      server.script(({ path }) => {
        const cursor = new URL(path, server.url).searchParams.get('cursor') ?? '0';
        const from = Number(cursor);
        return { body: { data: [from, from + 1], nextCursor: from < 4 ? String(from + 2) : null } };
      }),
    );

    it('answers one page when awaited', async () => {
      expect(await client().summaries.list({ limit: 2, category: 'work' })).toEqual({
        data: [0, 1],
        nextCursor: '2',
      });
      expect(asked()).toEqual(['GET /api/email/summaries?limit=2&category=work']);
    });

    it('gives every item when iterated over, and asks for no page before it is needed', async () => {
      const seen: unknown[] = [];
      for await (const item of client().summaries.list({ category: 'work' })) {
        seen.push(item);
        expect(server.received).toHaveLength(Math.ceil(seen.length / 2));
      }
      expect(seen).toEqual([0, 1, 2, 3, 4, 5]);
      expect(asked()[1]).toBe('GET /api/email/summaries?category=work&cursor=2');
      expect(await client().summaries.list({}).all(3)).toEqual([0, 1, 2]);
    });

    it('fails where its page fails', async () => {
      server.script(() => problem(400, 'request.cursor'));
      await expect(client().summaries.list().all()).rejects.toThrow('request.cursor');
      await expect(Promise.resolve(client().summaries.list())).rejects.toThrow('request.cursor');
    });
  });
});
