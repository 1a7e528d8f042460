import { routeRows } from './route-rows';
import { type Route, scopesWithout, startWalk, type Walk } from './route-walk';

const mayBePublic = Object.entries(routeRows)
  .filter(([, { level }]) => level === 'public' || level === 'proof')
  .map(([name]) => name);

/** Every route of the OpenAPI document, under every credential that is not the right one. */
describe('every route x verb', () => {
  let walk: Walk;
  let before: string;
  beforeAll(async () => {
    walk = await startWalk();
    before = await walk.state();
  });
  afterAll(() => walk.close());
  // Nothing in here is allowed to succeed in anything: whatever was refused has left everything as it was.
  afterEach(async () => {
    expect(await walk.state()).toBe(before);
  });

  const ofLevel = (...levels: string[]): Route[] =>
    walk.routes.filter(({ row }) => row && levels.includes(row.level));
  /** What the routes answered that did not answer as they should, by name. */
  async function deviations(
    routes: Route[],
    expected: (route: Route) => [status: number, code?: string | undefined],
    token?: (route: Route) => string | Promise<string>,
  ): Promise<object[]> {
    const found: object[] = [];
    for (const route of routes) {
      const { status, code } = await walk.call(route, await token?.(route));
      const [wantedStatus, wantedCode = code] = expected(route);
      if (status !== wantedStatus || code !== wantedCode)
        found.push({ route: route.name, status, code, wanted: expected(route) });
    }
    return found;
  }

  // Mutant caught: a new route that nobody thought about.
  it('has a row in test/security/route-rows.ts that says who may call it, and every row a route', () => {
    expect(walk.routes.filter(({ row }) => !row).map(({ name }) => name)).toEqual([]);
    const names = walk.routes.map(({ name }) => name);
    expect(Object.keys(routeRows).filter((name) => !names.includes(name))).toEqual([]);
    expect(names.length).toBeGreaterThan(50);
  });

  // Mutant caught: @Access('public') on a route that was for users.
  it('states in the document the credential that its row says', () => {
    const wanted = {
      public: [],
      proof: [],
      user: ['accessToken'],
      admin: ['adminToken'],
      service: ['serviceKey'],
    };
    const others = walk.routes.filter(
      ({ row, security }) => row && String(security) !== String(wanted[row.level]),
    );
    expect(others.map(({ name, security }) => ({ name, security }))).toEqual([]);
  });

  it('is closed without a credential, and with one that is none', async () => {
    const closed = ofLevel('user', 'admin', 'service');
    const unauthenticated = (): [number, string] => [401, 'auth.unauthenticated'];
    expect(await deviations(closed, unauthenticated)).toEqual([]);
    for (const token of ['x', walk.tokens.noKey, `${walk.tokens.victim.slice(0, -3)}AAA`])
      expect(await deviations(closed, unauthenticated, () => token)).toEqual([]);
  });

  // Mutant caught: `where id` instead of `where user_id and id`.
  it("answers 404 for another user's ids, or nothing of theirs", async () => {
    const withIds = ofLevel('user').filter(
      ({ row }) =>
        row?.body ?? row?.query ?? Object.values(row?.path ?? {}).some((id) => !id.startsWith("'")),
    );
    expect(withIds.length).toBeGreaterThan(12);
    expect(
      await deviations(
        withIds,
        ({ row }) => [row?.stranger ?? 404],
        () => walk.tokens.stranger,
      ),
    ).toEqual([]);
  });

  it('shows nobody a trace of another user', async () => {
    const leaks: object[] = [];
    for (const route of ofLevel('user', 'public').filter(({ method }) => method === 'get')) {
      const { text } = await walk.call(route, walk.tokens.stranger);
      const traces = [...Object.entries(walk.ids), ['users', walk.victim] as const].filter(([, id]) =>
        text.includes(id),
      );
      if (traces.length > 0) leaks.push({ route: route.name, traces });
    }
    expect(leaks).toEqual([]);
  });

  // Mutant caught: a role that is read from the token, or an admin route of level user.
  it('refuses a user where an administrator is needed, in the own case and in that of others', async () => {
    const forbidden = (): [number, string] => [403, 'auth.forbidden'];
    for (const token of [walk.tokens.victim, walk.tokens.stranger])
      expect(await deviations(ofLevel('admin'), forbidden, () => token)).toEqual([]);
  });

  it('refuses an API key of every scope but the one that is needed', async () => {
    const keys = new Map<string, string>();
    const keyFor = async (route: Route) => {
      const scopes = scopesWithout(route);
      const key = keys.get(scopes.join()) ?? (await walk.apiKey(scopes));
      keys.set(scopes.join(), key);
      return key;
    };
    for (const route of ofLevel('user', 'admin')) await keyFor(route);
    before = await walk.state();
    expect(await deviations(ofLevel('user', 'admin'), () => [403, 'auth.scope-missing'], keyFor)).toEqual([]);
  });

  it('refuses a person, and a machine of another scope, where a machine with a key is needed', async () => {
    const machines = ofLevel('service');
    for (const token of [walk.tokens.victim, walk.tokens.stranger])
      expect(
        await deviations(
          machines,
          () => [401, 'auth.unauthenticated'],
          () => token,
        ),
      ).toEqual([]);
    expect(
      await deviations(
        machines,
        () => [403, 'auth.scope-missing'],
        () => walk.tokens.otherService,
      ),
    ).toEqual([]);
    expect(
      await deviations(
        ofLevel('user', 'admin'),
        () => [401, 'auth.unauthenticated'],
        () => walk.tokens.service,
      ),
    ).toEqual([]);
  });

  it('takes no credential of ours for the proof that Stripe or Google brings', async () => {
    for (const token of [undefined, walk.tokens.victim, walk.tokens.service])
      for (const route of ofLevel('proof')) {
        const { status } = await walk.call(route, token, { message: { data: '' } });
        expect({ route: route.name, status }).toEqual({
          route: route.name,
          status: status === 400 ? 400 : 401,
        });
      }
  });

  it('is open without a credential only where its row says so', () => {
    expect(mayBePublic.sort()).toEqual(
      walk.routes
        .filter(({ security }) => security.length === 0)
        .map(({ name }) => name)
        .sort(),
    );
  });

  // What makes the proofs above worth something: the ids are there to be found, by the one whom they belong to. It comes
  // last because it succeeds.
  it('opens to the owner of its ids', async () => {
    const rank = ({ method, row }: Route): number =>
      row?.path && Object.values(row.path).includes('user_sessions') ? 2 : Number(method === 'delete');
    const withIds = ofLevel('user').filter(({ row }) => row?.path ?? row?.body ?? row?.query);
    const lost: object[] = [];
    for (const route of withIds.sort((a, b) => rank(a) - rank(b))) {
      const { status, code } = await walk.call(route, walk.tokens.victim);
      if ([400, 401, 403, 404].includes(status)) lost.push({ route: route.name, status, code });
    }
    expect(lost).toEqual([]);
    before = await walk.state();
  });
});
